using DualDb.Querying;

namespace DualDb;

// Where queries begin, and updates of some columns.
public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    /// <inheritdoc/>
    public Query<TEntity, TColumns, TChanges, TTransaction> Query() => new(_queries, new QueryState<TEntity>());

    /// <inheritdoc/>
    public Query<TEntity, TColumns, TChanges, TTransaction> AllRows() => Query().AllRows();

    /// <inheritdoc/>
    public Query<TEntity, TColumns, TChanges, TTransaction> Where(Func<TColumns, Filter<TEntity>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Where(filter(default));
    }

    /// <inheritdoc/>
    public Query<TEntity, TColumns, TChanges, TTransaction> Where(Filter<TEntity> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new(_queries, new QueryState<TEntity> { Filter = filter });
    }

    /// <inheritdoc/>
    public Query<TEntity, TColumns, TChanges, TTransaction> OrderBy<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default)
        => Query().OrderBy(column, nulls);

    /// <inheritdoc/>
    public Query<TEntity, TColumns, TChanges, TTransaction> OrderByDescending<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default)
        => Query().OrderByDescending(column, nulls);

    /// <summary>Updates some columns of one row, for the generated <c>PatchAsync</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="set">What is set.</param>
    /// <param name="expectedVersion">The version the row must have; null where any will do.</param>
    /// <param name="transaction">The transaction to write in, or null.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    protected async Task<TEntity> PatchAsync(
        TKey key, Action<TChanges> set, long? expectedVersion, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var changes = ChangeSet.Of<TEntity, TColumns, TChanges>(set, "PatchAsync", TMap.Info);
        var text = new PatchText<TEntity>(TMap.Query, changes.Assignments, checksVersion: expectedVersion is not null);
        return await UpdateRowAsync(new PatchRow<TEntity, TKey, TMap>(key, text, expectedVersion), key, transaction, cancellationToken).ConfigureAwait(false)
            ?? throw await WhyNotChangedAsync("PatchAsync", key, expectedVersion, transaction, cancellationToken).ConfigureAwait(false);
    }
}
