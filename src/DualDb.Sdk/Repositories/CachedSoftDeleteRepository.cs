using DualDb.Caching;
using DualDb.Mapping;
using DualDb.Querying;

namespace DualDb;

/// <summary>The behaviour behind the generated repository of an entity with a <see cref="SoftDeleteAttribute"/> and a <see cref="CachedForAttribute"/>.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
/// <typeparam name="TMap">The generated facts of the entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of some of its columns sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public abstract class CachedSoftDeleteRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
    : CachedRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>, ISoftDeleteRepository<TEntity, TKey, TTransaction>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    where TTransaction : DatabaseTransaction
{
    /// <summary>Creates the repository over its database and the cache.</summary>
    /// <param name="entity">What the cache is told of the entity.</param>
    /// <param name="database">The database that holds the table.</param>
    /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
    /// <param name="cache">The cache of the same root; null reads and writes without one.</param>
    protected CachedSoftDeleteRepository(CachedEntity<TEntity> entity, PostgresDatabase database, PostgresDatabase? other, DualDbCache? cache)
        : base(entity, database, other, cache)
    {
    }

    /// <summary>Creates a repository that reads past the cache, and tells it of writes.</summary>
    /// <param name="cached">The repository with the cache.</param>
    protected CachedSoftDeleteRepository(CachedSoftDeleteRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction> cached)
        : base(cached)
    {
    }

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
