using DualDb.Caching;
using DualDb.Sql;
using DualDb.Sql.Statements;

namespace DualDb;

public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    /// <inheritdoc/>
    public Task<TEntity> InsertAsync(TEntity entity, CancellationToken cancellationToken = default)
        => InsertCoreAsync(entity, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> InsertAsync(TEntity entity, TTransaction transaction, CancellationToken cancellationToken = default)
        => InsertCoreAsync(entity, Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpdateAsync(TEntity entity, CancellationToken cancellationToken = default)
        => UpdateCoreAsync(entity, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpdateAsync(TEntity entity, TTransaction transaction, CancellationToken cancellationToken = default)
        => UpdateCoreAsync(entity, Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpsertAsync(TEntity entity, CancellationToken cancellationToken = default)
        => UpsertCoreAsync(entity, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity> UpsertAsync(TEntity entity, TTransaction transaction, CancellationToken cancellationToken = default)
        => UpsertCoreAsync(entity, Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(TKey key, CancellationToken cancellationToken = default)
        => DeleteCoreAsync("DeleteAsync", TMap.Delete, key, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default)
        => DeleteCoreAsync("DeleteAsync", TMap.Delete, key, Given(transaction), cancellationToken);

    private Task<TEntity> InsertCoreAsync(TEntity entity, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var withKey = TMap.HasKey(entity);
        return WriteAsync("InsertAsync", withKey ? TMap.InsertWithKey : TMap.Insert, entity, withKey, RowWrite.Insert, transaction, cancellationToken);
    }

    private Task<TEntity> UpsertCoreAsync(TEntity entity, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var withKey = TMap.HasKey(entity);
        return WriteAsync("UpsertAsync", withKey ? TMap.Upsert : TMap.Insert, entity, withKey, withKey ? RowWrite.Upsert : RowWrite.Insert, transaction, cancellationToken);
    }

    private async Task<TEntity> WriteAsync(
        string operation, string sql, TEntity entity, bool withKey, RowWrite kind, TTransaction? transaction, CancellationToken cancellationToken)
    {
        var statement = new WriteRow<TEntity, TKey, TMap>(operation, sql, entity, withKey);
        var stored = Writes is not { } writes
            ? await ExecuteAsync<WriteRow<TEntity, TKey, TMap>, TEntity?>(statement, transaction, cancellationToken).ConfigureAwait(false)
            : await writes.WriteAsync(statement, withKey ? TMap.KeyOf(entity) : default, withKey, kind, transaction, cancellationToken).ConfigureAwait(false);
        return stored ?? throw NotStored(operation);
    }

    private async Task<TEntity> UpdateCoreAsync(TEntity entity, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return await UpdateRowAsync(new UpdateRow<TEntity, TKey, TMap>(entity), TMap.KeyOf(entity), transaction, cancellationToken).ConfigureAwait(false)
            ?? throw await WhyNotChangedAsync("UpdateAsync", TMap.KeyOf(entity), TMap.VersionOf(entity), transaction, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<TEntity?> UpdateRowAsync<TStatement>(TStatement statement, TKey key, TTransaction? transaction, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TEntity?>
        => Writes is not { } writes
            ? ExecuteAsync<TStatement, TEntity?>(statement, transaction, cancellationToken)
            : writes.WriteAsync(statement, key, hasKey: true, RowWrite.Update, transaction, cancellationToken);

    /// <summary>Only a failed update pays for the second statement that tells a conflict from a missing row.</summary>
    private async Task<Exception> WhyNotChangedAsync(
        string operation, TKey key, long? expected, TTransaction? transaction, CancellationToken cancellationToken)
    {
        if (expected is null)
        {
            return NotFound(key);
        }

        var actual = await ExecuteAsync<SelectVersion<TEntity, TKey, TMap>, long?>(new(key, operation), transaction, cancellationToken)
            .ConfigureAwait(false);
        return actual is null
            ? NotFound(key)
            : new ConcurrencyConflictException(TMap.Info, key, expected.Value, actual.Value);
    }

    private protected async Task<bool> DeleteCoreAsync(
        string operation, string sql, TKey key, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Writes is not { } writes
            ? await ExecuteAsync<DeleteRow<TEntity, TKey, TMap>, bool>(new(operation, sql, key), transaction, cancellationToken).ConfigureAwait(false)
            : await writes.DeleteAsync(operation, sql, key, transaction, cancellationToken).ConfigureAwait(false);
    }

    private protected async Task<TEntity?> RestoreCoreAsync(TKey key, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await UpdateRowAsync(new RestoreRow<TEntity, TKey, TMap>(key), key, transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>PostgreSQL reports success without a row when a trigger or a rule swallows it, or row-level security hides it.</summary>
    private static DatabaseErrorException NotStored(string operation)
    {
        var info = TMap.Info;
        return new DatabaseErrorException(
            $"{operation} of {info.Name}: {info.Database} accepted the statement on {info.Schema}.{info.Table} but stored no row. "
            + "Look for a trigger, a rule or a row-level security policy on the table.")
        {
            Database = info.Database,
            Entity = info.Name,
        };
    }
}
