namespace DualDb;

/// <summary>What a repository offers besides where deletion is a mark.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public interface ISoftDeleteRepository<TEntity, TKey, TTransaction> : IRepository<TEntity, TKey, TTransaction>
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    /// <summary>Takes the deletion mark off the row with this key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The row, or null where no marked row has the key.</returns>
    Task<TEntity?> RestoreAsync(TKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RestoreAsync(TKey, CancellationToken)"/>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<TEntity?> RestoreAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Removes the row with this key for good, marked or not.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Whether there was such a row.</returns>
    Task<bool> HardDeleteAsync(TKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="HardDeleteAsync(TKey, CancellationToken)"/>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<bool> HardDeleteAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default);
}
