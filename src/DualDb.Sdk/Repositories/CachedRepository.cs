using DualDb.Caching;
using DualDb.Mapping;
using DualDb.Querying;

namespace DualDb;

/// <summary>The behaviour behind the generated repository of an entity with a <see cref="CachedForAttribute"/>.</summary>
/// <remarks>
/// <c>FindAsync</c>, <c>GetAsync</c>, <c>FindManyAsync</c>, <c>FindBy…Async</c> and <c>ListBy…Async</c> answer from memory, then from Redis, then from the database. Reads within a transaction
/// see what it has written, so that they go to the database; so do queries, unless they are <c>Cached</c>.
/// </remarks>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
/// <typeparam name="TMap">The generated facts of the entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of some of its columns sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public abstract partial class CachedRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
    : Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    where TTransaction : DatabaseTransaction
{
    /// <summary>The entries; null where the cache is switched off, or this reads past it.</summary>
    private readonly EntityCache<TEntity, TKey, TMap>? _cache;
    private readonly Batching.RowFetch<TEntity, TKey>? _fetch;

    /// <summary>The entries of the user that the database acts as; null where they are everybody's.</summary>
    private readonly UserEntries? _user;

    /// <summary>Creates the repository over its database and the cache.</summary>
    /// <param name="entity">What the cache is told of the entity.</param>
    /// <param name="database">The database that holds the table.</param>
    /// <param name="other">The other database of the same root, for joins; null where there is none.</param>
    /// <param name="cache">The cache of the same root; null reads and writes without one.</param>
    protected CachedRepository(CachedEntity<TEntity> entity, PostgresDatabase database, PostgresDatabase? other, DualDbCache? cache)
        : this(database, other, cache, cache?.Register<TEntity, TKey, TMap>(entity))
    {
    }

    /// <summary>Creates a repository that reads past the cache, and tells it of writes.</summary>
    /// <param name="cached">The repository with the cache.</param>
    protected CachedRepository(CachedRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction> cached)
        : base(cached)
    {
    }

    private CachedRepository(PostgresDatabase database, PostgresDatabase? other, DualDbCache? cache, EntityCache<TEntity, TKey, TMap>? entries)
        : base(database, other, cache?.Core, entries, isCached: true)
    {
        if (entries is null)
        {
            return;
        }

        if (!entries.Settings.Enabled)
        {
            return;
        }

        // A text that PostgreSQL holds for equal to another would be found under one and invalidated under the other.
        _cache = entries;
        _fetch = TMap.HasExactKey ? FetchAsync : null;
        _user = UserEntries.Of(database, entries.Settings.IsShared);
        if (entries.Settings.NotifiesOnChange && database.ActsAs is null)
        {
            entries.Core.Watch(database, entries.Table);
        }
    }
}
