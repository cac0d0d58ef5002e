using DualDb.Batching;
using DualDb.Sql.Statements;

namespace DualDb;

public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    // More keys travel in several statements, so that none grows beyond what servers and poolers between are prepared for.
    private const int MaxKeysAtOnce = 20_000;

    /// <inheritdoc/>
    public ValueTask<TEntity?> FindAsync(TKey key, CancellationToken cancellationToken = default)
        => FindCoreAsync(key, "FindAsync", transaction: null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TEntity?> FindAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default)
        => FindCoreAsync(key, "FindAsync", Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TEntity> GetAsync(TKey key, CancellationToken cancellationToken = default)
        => GetCoreAsync(key, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TEntity> GetAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default)
        => GetCoreAsync(key, Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> FindManyAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default)
        => FindManyCoreAsync(keys, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> FindManyAsync(
        IReadOnlyCollection<TKey> keys, TTransaction transaction, CancellationToken cancellationToken = default)
        => FindManyCoreAsync(keys, Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(TKey key, CancellationToken cancellationToken = default)
        => ExistsCoreAsync(key, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default)
        => ExistsCoreAsync(key, Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken = default)
        => CountCoreAsync(transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(TTransaction transaction, CancellationToken cancellationToken = default)
        => CountCoreAsync(Given(transaction), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> ListAsync(int limit, CancellationToken cancellationToken = default)
        => ListCoreAsync(limit, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TEntity>> ListAsync(int limit, TTransaction transaction, CancellationToken cancellationToken = default)
        => ListCoreAsync(limit, Given(transaction), cancellationToken);

    private protected virtual ValueTask<TEntity?> FindCoreAsync(TKey key, string operation, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return transaction is null && TryBatch(key, fetch: null, cancellationToken, out var answer)
            ? answer
            : ExecuteAsync<FindByKey<TEntity, TKey, TMap>, TEntity?>(new(key, operation), transaction, cancellationToken);
    }

    /// <summary>Adds a call to the batch of the flow's scope, where there is one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fetch">Fetches the rows of a batch; null for a statement.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="answer">The answer to come.</param>
    private protected bool TryBatch(TKey key, RowFetch<TEntity, TKey>? fetch, CancellationToken cancellationToken, out ValueTask<TEntity?> answer)
    {
        answer = default;
        return BatchingFlow.Over(_database) is { } scope
            && KeyBatch<TEntity, TKey, TMap>.TryAdd(scope, _executor, fetch, key, cancellationToken, out answer);
    }

    private async ValueTask<TEntity> GetCoreAsync(TKey key, TTransaction? transaction, CancellationToken cancellationToken)
        => await FindCoreAsync(key, "GetAsync", transaction, cancellationToken).ConfigureAwait(false)
            ?? throw NotFound(key);

    private protected virtual async Task<IReadOnlyList<TEntity>> FindManyCoreAsync(
        IReadOnlyCollection<TKey> keys, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
        {
            return [];
        }

        var listed = Listed(keys);
        return listed.Count <= MaxKeysAtOnce
            ? await FindChunkAsync(listed, transaction, cancellationToken).ConfigureAwait(false)
            : await FindChunksAsync(listed, transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<TEntity>> FindChunksAsync(IReadOnlyList<TKey> keys, TTransaction? transaction, CancellationToken cancellationToken)
    {
        var rows = new List<TEntity>();
        foreach (var chunk in keys.Chunk(MaxKeysAtOnce))
        {
            rows.AddRange(await FindChunkAsync(chunk, transaction, cancellationToken).ConfigureAwait(false));
        }

        return rows;
    }

    private ValueTask<IReadOnlyList<TEntity>> FindChunkAsync(IReadOnlyList<TKey> keys, TTransaction? transaction, CancellationToken cancellationToken)
        => ExecuteAsync<FindByKeys<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(new(keys), transaction, cancellationToken);

    private async Task<bool> ExistsCoreAsync(TKey key, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await ExecuteAsync<Exists<TEntity, TKey, TMap>, bool>(new(key), transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> CountCoreAsync(TTransaction? transaction, CancellationToken cancellationToken)
        => await ExecuteAsync<Count<TEntity, TKey, TMap>, long>(default, transaction, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<TEntity>> ListCoreAsync(int limit, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await ExecuteAsync<First<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(new(limit), transaction, cancellationToken)
            .ConfigureAwait(false);
    }

    private static IReadOnlyList<T> Listed<T>(IReadOnlyCollection<T> items) => items as IReadOnlyList<T> ?? [.. items];
}
