using DualDb.Mapping;
using DualDb.Sql;
using DualDb.Sql.Statements;

namespace DualDb.Caching;

/// <summary>
/// Sends the writes of one entity, and invalidates what they touch: once they are committed, and before their caller is told. Where it is not known whether a write was applied, it
/// is taken to have been.
/// </summary>
/// <param name="executor">Speaks to the database.</param>
/// <param name="core">The cache.</param>
/// <param name="cache">The entity's entries; null where it is not cached, but views over it may be.</param>
internal sealed class EntityWrites<TEntity, TKey, TMap>(StatementExecutor executor, CacheCore core, EntityCache<TEntity, TKey, TMap>? cache)
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private readonly string _subject = TableEntity.SubjectOf(TMap.Info);
    private readonly string _table = Dependency.Table(TableEntity.SubjectOf(TMap.Info));

    /// <summary>Whether anything in the cache depends on the table.</summary>
    public bool IsWatching => cache is null ? core.IsWatched(_table) : cache.Settings.Enabled || core.Redis is not null;

    /// <summary>Inserts, updates, patches or restores one row, and returns it.</summary>
    /// <param name="statement">The write.</param>
    /// <param name="key">The key; the default of its type where <paramref name="hasKey"/> says that the database makes it.</param>
    /// <param name="hasKey">Whether the key is known beforehand.</param>
    /// <param name="kind">What the write may do to a row.</param>
    /// <param name="transaction">The transaction to write in, or null.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async ValueTask<TEntity?> WriteAsync<TStatement>(
        TStatement statement, TKey? key, bool hasKey, RowWrite kind, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TEntity?>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = new Invalidation();
        try
        {
            if (kind != RowWrite.Insert && cache is { HasLookups: true })
            {
                var row = await executor.ExecuteAsync<TrackedWrite<TStatement, TEntity, TKey, TMap>, TrackedRow<TEntity>>(
                    new(statement, key!, mayInsert: kind == RowWrite.Upsert), transaction, cancellationToken).ConfigureAwait(false);
                Add(written, row, key!);
                await SettleAsync(written, transaction).ConfigureAwait(false);
                return row.After;
            }

            var after = await executor.ExecuteAsync<TStatement, TEntity?>(statement, transaction, cancellationToken).ConfigureAwait(false);
            Add(written, after);
            if (after is null && hasKey)
            {
                AddMissed(written, key!);
            }

            await SettleAsync(written, transaction).ConfigureAwait(false);
            return after;
        }
        catch (Exception exception) when (MayHaveBeenApplied(exception))
        {
            await SuspectAsync(hasKey ? [key!] : [], transaction).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Deletes one row, or marks it.</summary>
    public async ValueTask<bool> DeleteAsync(
        string operation, string sql, TKey key, DatabaseTransaction? transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = new Invalidation();
        try
        {
            if (cache is null)
            {
                var isDeleted = await executor.ExecuteAsync<DeleteRow<TEntity, TKey, TMap>, bool>(new(operation, sql, key), transaction, cancellationToken).ConfigureAwait(false);
                if (isDeleted)
                {
                    AddTable(written);
                }

                await SettleAsync(written, transaction).ConfigureAwait(false);
                return isDeleted;
            }

            var row = await executor.ExecuteAsync<DeletedRow<TEntity, TKey, TMap>, TEntity?>(
                new(operation, TrackedSql<TEntity, TKey, TMap>.Returning(sql), key), transaction, cancellationToken).ConfigureAwait(false);
            Add(written, row);
            if (row is null)
            {
                AddMissed(written, key);
            }

            await SettleAsync(written, transaction).ConfigureAwait(false);
            return row is not null;
        }
        catch (Exception exception) when (MayHaveBeenApplied(exception))
        {
            await SuspectAsync([key], transaction).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes rows in one statement, and returns them.</summary>
    public async ValueTask<IReadOnlyList<TEntity>> WriteManyAsync(
        WriteRows<TEntity, TKey, TMap> statement, BulkPart<TEntity> part, bool upserts, DatabaseTransaction? transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = new Invalidation();
        try
        {
            IReadOnlyList<TEntity> after;
            if (upserts && part.WithKeys && cache is { HasLookups: true })
            {
                var tracked = await executor.ExecuteAsync<TrackedWrites<TEntity, TKey, TMap>, TrackedRows<TEntity>>(
                    new(statement.Operation, part.Rows), transaction, cancellationToken).ConfigureAwait(false);
                Add(written, tracked.Before);
                if (!tracked.AllTold)
                {
                    cache.AddLookups(written);
                }

                after = tracked.After;
            }
            else
            {
                after = await executor.ExecuteAsync<WriteRows<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(statement, transaction, cancellationToken).ConfigureAwait(false);
            }

            Add(written, after);
            await SettleAsync(written, transaction).ConfigureAwait(false);
            return after;
        }
        catch (Exception exception) when (MayHaveBeenApplied(exception))
        {
            await SuspectAllAsync(transaction).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Notes rows that a COPY has written within a transaction.</summary>
    public void Copied(IReadOnlyList<TEntity> rows, DatabaseTransaction transaction)
    {
        var written = new Invalidation();
        Add(written, rows);
        transaction.Defer(core, written);
    }

    /// <summary>Updates or deletes rows by a condition: which ones they were is not known, so that every entry falls.</summary>
    public async ValueTask<long> ChangeAsync<TStatement>(TStatement statement, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<long>
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var count = await executor.ExecuteAsync<TStatement, long>(statement, transaction, cancellationToken).ConfigureAwait(false);
            var written = new Invalidation();
            if (count != 0)
            {
                AddAll(written);
            }

            await SettleAsync(written, transaction).ConfigureAwait(false);
            return count;
        }
        catch (Exception exception) when (MayHaveBeenApplied(exception))
        {
            await SuspectAllAsync(transaction).ConfigureAwait(false);
            throw;
        }
    }

    private void Add(Invalidation written, TrackedRow<TEntity> row, TKey key)
    {
        if (row.After is null)
        {
            AddMissed(written, key);
            Add(written, row.Before);
            return;
        }

        if (row.Before is not null)
        {
            cache!.Add(written, row.Before);
        }
        else if (!row.WasInserted)
        {
            // Another transaction inserted it since it was looked for, or it was marked deleted.
            cache!.AddLookups(written);
        }

        Add(written, row.After);
    }

    /// <summary>A write met no row, or one of another version: whatever is kept of it led its caller astray.</summary>
    private void AddMissed(Invalidation written, TKey key)
    {
        if (cache is not null)
        {
            cache.AddKey(written, key);
            cache.AddLookups(written);
            AddTable(written);
        }
    }

    private void Add(Invalidation written, TEntity? row)
    {
        if (row is not null)
        {
            cache?.Add(written, row);
            AddTable(written);
        }
    }

    private void Add(Invalidation written, IReadOnlyList<TEntity> rows)
    {
        foreach (var row in rows)
        {
            Add(written, row);
        }
    }

    private void AddTable(Invalidation written) => written.Add(_table);

    private void AddAll(Invalidation written)
    {
        if (cache is null)
        {
            AddTable(written);
        }
        else
        {
            cache.AddAll(written);
        }
    }

    /// <summary>
    /// Whether the server may have applied a write that failed here. An answer of the server says that it did not; what is wrong with the arguments is found before anything is sent.
    /// </summary>
    private static bool MayHaveBeenApplied(Exception exception) => exception is OperationCanceledException or CommitOutcomeUnknownException or RowMappingException;

    private ValueTask SuspectAsync(IReadOnlyList<TKey> keys, DatabaseTransaction? transaction)
    {
        var suspected = new Invalidation();
        if (cache is not null)
        {
            foreach (var key in keys)
            {
                cache.AddKey(suspected, key);
            }

            cache.AddLookups(suspected);
            if (keys.Count == 0)
            {
                cache.AddAll(suspected);
            }
        }

        AddTable(suspected);
        return SettleSuspectedAsync(suspected, transaction);
    }

    private ValueTask SuspectAllAsync(DatabaseTransaction? transaction)
    {
        var suspected = new Invalidation();
        AddAll(suspected);
        return SettleSuspectedAsync(suspected, transaction);
    }

    private ValueTask SettleAsync(Invalidation written, DatabaseTransaction? transaction)
    {
        if (written.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        // Another entity over the same table may be found by what this one knows nothing of.
        if (core.EntitiesOn(_subject) > (cache is null ? 0 : 1))
        {
            written.AddAll(_subject);
        }

        if (transaction is null)
        {
            return core.InvalidateAsync(written);
        }

        transaction.Defer(core, written);
        return ValueTask.CompletedTask;
    }

    private ValueTask SettleSuspectedAsync(Invalidation suspected, DatabaseTransaction? transaction)
    {
        if (transaction is not null)
        {
            // A transaction that this statement has ended commits nothing; one that goes on has applied it.
            if (transaction.IsActive)
            {
                transaction.Defer(core, suspected);
            }

            return ValueTask.CompletedTask;
        }

        return core.SuspectAsync(suspected);
    }
}
