namespace DualDb;

public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    /// <inheritdoc/>
    public IAsyncEnumerable<TEntity> StreamAsync(CancellationToken cancellationToken = default)
        => _executor.StreamAsync<TEntity, TKey, TMap>("StreamAsync", TMap.SelectAll, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<TEntity> StreamAsync(TTransaction transaction, CancellationToken cancellationToken = default)
        => _executor.StreamAsync<TEntity, TKey, TMap>("StreamAsync", TMap.SelectAll, Given(transaction), cancellationToken);
}
