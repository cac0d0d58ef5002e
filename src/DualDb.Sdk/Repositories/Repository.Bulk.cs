using DualDb.Sql;
using DualDb.Sql.Statements;

namespace DualDb;

public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyCollection<TEntity> entities, CancellationToken cancellationToken = default)
        => WriteManyAsync(BulkWrite<TEntity, TKey, TMap>.Insert(entities), transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> InsertManyAsync(
        IReadOnlyCollection<TEntity> entities, TTransaction transaction, CancellationToken cancellationToken = default)
        => WriteManyAsync(BulkWrite<TEntity, TKey, TMap>.Insert(entities), Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyCollection<TEntity> entities, CancellationToken cancellationToken = default)
        => WriteManyAsync(BulkWrite<TEntity, TKey, TMap>.Upsert(entities), transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> UpsertManyAsync(
        IReadOnlyCollection<TEntity> entities, TTransaction transaction, CancellationToken cancellationToken = default)
        => WriteManyAsync(BulkWrite<TEntity, TKey, TMap>.Upsert(entities), Given(transaction), cancellationToken);

    /// <summary>One statement stands alone; several, or a COPY, share a transaction, so that all rows are applied or none.</summary>
    private async Task<IReadOnlyList<TEntity>> WriteManyAsync(
        BulkWrite<TEntity, TKey, TMap> write, TTransaction? transaction, CancellationToken cancellationToken)
    {
        if (write.IsEmpty)
        {
            return [];
        }

        var parts = _executor.Rest is null ? write.Parts(_database.Options.CopyThreshold, mayCopy: _database.ActsAs is null) : [write.Whole()];
        if (transaction is not null || parts is [{ UsesCopy: false }])
        {
            return await WritePartsAsync(write, parts, transaction, cancellationToken).ConfigureAwait(false);
        }

        write.Check();
        var own = (TTransaction)await _database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using (own.ConfigureAwait(false))
        {
            var stored = await WritePartsAsync(write, parts, own, cancellationToken).ConfigureAwait(false);
            await own.CommitAsync(cancellationToken).ConfigureAwait(false);
            return stored;
        }
    }

    private async Task<IReadOnlyList<TEntity>> WritePartsAsync(
        BulkWrite<TEntity, TKey, TMap> write, IReadOnlyList<BulkPart<TEntity>> parts, TTransaction? transaction, CancellationToken cancellationToken)
    {
        if (parts.Count > 1 || parts[0].UsesCopy)
        {
            write.Check();
        }

        var stored = new List<IReadOnlyList<TEntity>>(parts.Count);
        foreach (var part in parts)
        {
            stored.Add(part.UsesCopy
                ? await CopyAsync(part, transaction!, cancellationToken).ConfigureAwait(false)
                    ?? await WriteRunsAsync(write, part, transaction, cancellationToken).ConfigureAwait(false)
                : await WriteRowsAsync(write, part, transaction, cancellationToken).ConfigureAwait(false));
        }

        return write.InOrder(parts, stored);
    }

    private async Task<IReadOnlyList<TEntity>?> CopyAsync(BulkPart<TEntity> part, TTransaction transaction, CancellationToken cancellationToken)
    {
        var stored = await BulkCopy<TEntity, TKey, TMap>.TryWriteAsync(_executor, part, transaction, cancellationToken).ConfigureAwait(false);
        if (stored is not null)
        {
            Writes?.Copied(stored, transaction);
        }

        return stored;
    }

    /// <summary>What COPY cannot write, because its keys come from no sequence that could be asked beforehand.</summary>
    private async Task<IReadOnlyList<TEntity>> WriteRunsAsync(
        BulkWrite<TEntity, TKey, TMap> write, BulkPart<TEntity> part, TTransaction? transaction, CancellationToken cancellationToken)
    {
        var stored = new List<TEntity>(part.Rows.Count);
        foreach (var run in BulkWrite<TEntity, TKey, TMap>.Runs(part, _database.Options.CopyThreshold))
        {
            stored.AddRange(await WriteRowsAsync(write, run, transaction, cancellationToken).ConfigureAwait(false));
        }

        return stored;
    }

    private async Task<IReadOnlyList<TEntity>> WriteRowsAsync(
        BulkWrite<TEntity, TKey, TMap> write, BulkPart<TEntity> part, TTransaction? transaction, CancellationToken cancellationToken)
    {
        var statement = new WriteRows<TEntity, TKey, TMap>(write.Operation, write.SqlOf(part), part.Rows, part.WithKeys);
        return Writes is not { } writes
            ? await ExecuteAsync<WriteRows<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(statement, transaction, cancellationToken).ConfigureAwait(false)
            : await writes.WriteManyAsync(statement, part, write.Upserts, transaction, cancellationToken).ConfigureAwait(false);
    }
}
