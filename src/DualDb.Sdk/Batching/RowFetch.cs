namespace DualDb.Batching;

/// <summary>Fetches rows by keys, each at most once.</summary>
/// <typeparam name="TEntity">The rows.</typeparam>
/// <typeparam name="TKey">Their keys.</typeparam>
/// <param name="keys">The keys.</param>
/// <param name="cancellationToken">Cancels the read.</param>
internal delegate Task<IReadOnlyList<TEntity>> RowFetch<TEntity, in TKey>(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken);
