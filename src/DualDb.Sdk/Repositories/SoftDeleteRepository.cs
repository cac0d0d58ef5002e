using DualDb.Mapping;
using DualDb.Querying;

namespace DualDb;

/// <summary>The behaviour behind the generated repository of an entity with a <see cref="SoftDeleteAttribute"/>.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
/// <typeparam name="TMap">The generated facts of the entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of some of its columns sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
/// <param name="database">The database that holds the table.</param>
/// <param name="other">The other database of the same root, for joins; null where there is none.</param>
/// <param name="cache">The cache of the same root, which is told of writes; null where there is none.</param>
public abstract class SoftDeleteRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>(
    PostgresDatabase database, PostgresDatabase? other = null, DualDbCache? cache = null)
    : Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>(database, other, cache), ISoftDeleteRepository<TEntity, TKey, TTransaction>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
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
