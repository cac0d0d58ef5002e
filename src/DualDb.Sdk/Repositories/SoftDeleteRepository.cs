using DualDb.Mapping;

namespace DualDb;

/// <summary>The behaviour behind the generated repository of an entity with a <see cref="SoftDeleteAttribute"/>.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
/// <typeparam name="TMap">The generated facts of the entity.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
/// <param name="database">The database that holds the table.</param>
public abstract class SoftDeleteRepository<TEntity, TKey, TMap, TTransaction>(PostgresDatabase database)
    : Repository<TEntity, TKey, TMap, TTransaction>(database), ISoftDeleteRepository<TEntity, TKey, TTransaction>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TTransaction : DatabaseTransaction
{
    /// <inheritdoc/>
    public Task<TEntity?> RestoreAsync(TKey key, CancellationToken cancellationToken = default)
        => RestoreCoreAsync(key, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<TEntity?> RestoreAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return RestoreCoreAsync(key, transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> HardDeleteAsync(TKey key, CancellationToken cancellationToken = default)
        => DeleteCoreAsync("HardDeleteAsync", TMap.HardDelete!, key, transaction: null, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HardDeleteAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return DeleteCoreAsync("HardDeleteAsync", TMap.HardDelete!, key, transaction, cancellationToken);
    }
}
