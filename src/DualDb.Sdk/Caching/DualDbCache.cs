using System.Collections.Concurrent;
using DualDb.Caching;
using DualDb.Mapping;

namespace DualDb;

/// <summary>
/// The cache of one root: what its cached repositories and views keep in this process's memory and in Redis. Writes through repositories invalidate by themselves; the methods
/// here are for changes that were made elsewhere.
/// </summary>
/// <remarks>
/// A change is invalidated on this node before the call returns, and on others within milliseconds. While Redis is away other nodes may answer with what they have until it
/// expires; what was invalidated meanwhile reaches them when Redis is back. A type that is not cached has no entries: naming it does nothing, so for a view over an entity that is not
/// cached, name the view.
/// </remarks>
public sealed class DualDbCache : IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<Type, IEntityCache> _entities = [];

    internal DualDbCache(CacheCore core) => Core = core;

    /// <summary>A cache that keeps nothing, for a root that was created without one.</summary>
    public static DualDbCache CreateEmpty()
        => new(new CacheCore(new CachingOptions { Enabled = false }, "none", TimeProvider.System, connector: null, loggerFactory: null));

    internal CacheCore Core { get; }

    /// <summary>What is cached.</summary>
    internal IEnumerable<IEntityCache> Entities => _entities.Values;

    /// <summary>Invalidates all rows of an entity, or all views of a kind, with the views over them.</summary>
    /// <typeparam name="T">The entity or view.</typeparam>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    public ValueTask InvalidateAsync<T>(CancellationToken cancellationToken = default)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var invalidation = new Invalidation();
        Find<T>()?.AddAll(invalidation);
        return Core.InvalidateAsync(invalidation);
    }

    /// <summary>The same by the name that <see cref="GetStatistics"/> tells, for those who operate the application.</summary>
    /// <returns>Whether there is such an entity or view.</returns>
    internal async ValueTask<bool> InvalidateNamedAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var invalidation = new Invalidation();
        var isKnown = false;
        foreach (var entity in _entities.Values.Where(entity => string.Equals(entity.Type.Name, name, StringComparison.Ordinal)))
        {
            entity.AddAll(invalidation);
            isKnown = true;
        }

        await Core.InvalidateAsync(invalidation).ConfigureAwait(false);
        return isKnown;
    }

    /// <summary>
    /// Invalidates what is known of one key: the row, whatever lists and unique values it may be found by, and the views over it; or one view.
    /// </summary>
    /// <typeparam name="T">The entity or view.</typeparam>
    /// <param name="key">The key; a tuple for a composite key.</param>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    /// <exception cref="ArgumentException">The key is of another type than the entity's.</exception>
    public ValueTask InvalidateAsync<T>(object key, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        var invalidation = new Invalidation();
        return Find<T>() is not { } entity || entity.TryAddKey(invalidation, key)
            ? Core.InvalidateAsync(invalidation)
            : throw new ArgumentException($"The key of {typeof(T).Name} is a {entity.KeyTypeName}, not a {key.GetType().Name}.", nameof(key));
    }

    /// <summary>Invalidates what is found by one value of a reference or of a unique member, and the views over it: <c>InvalidateByAsync&lt;Order>(nameof(Order.UserId), userId)</c>.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="member">The member; several that are unique together are joined by commas.</param>
    /// <param name="value">The value; a tuple for several members.</param>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    /// <exception cref="ArgumentException">Rows are not found by that member, or the value is of another type.</exception>
    public ValueTask InvalidateByAsync<T>(string member, object value, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(member);
        ArgumentNullException.ThrowIfNull(value);
        cancellationToken.ThrowIfCancellationRequested();
        var invalidation = new Invalidation();
        var entity = Find<T>();
        return entity?.TryAddLookup(invalidation, member, value) switch
        {
            null when entity is not null => throw new ArgumentException(
                $"Rows of {typeof(T).Name} are not found by {member}. They are found by: {string.Join("; ", entity.LookupMembers)}.", nameof(member)),
            false => throw new ArgumentException($"{typeof(T).Name}.{member} is of another type than {value.GetType().Name}.", nameof(value)),
            _ => Core.InvalidateAsync(invalidation),
        };
    }

    /// <summary>Invalidates all that carries a tag: entities and views by <see cref="CachedForAttribute.Tags"/>, and queries.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    public ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        cancellationToken.ThrowIfCancellationRequested();
        var invalidation = new Invalidation();
        invalidation.Add(Dependency.Tag(tag));
        return Core.InvalidateAsync(invalidation);
    }

    /// <summary>What the cache has done so far, for dashboards and tests. The same figures are on the meter <see cref="DualDbTelemetry.CacheMeterName"/>.</summary>
    public CacheStatistics GetStatistics() => Core.Snapshot(_entities.Values.Select(static entity => entity.Figures));

    /// <summary>Leaves Redis and forgets what is in memory.</summary>
    public ValueTask DisposeAsync() => Core.DisposeAsync();

    /// <summary>Leaves Redis and forgets what is in memory; what is under way ends by itself.</summary>
    public void Dispose() => Core.Dispose();

    /// <summary>The entries of an entity. Where caching is switched off nothing is kept, but other nodes are told of writes.</summary>
    internal EntityCache<TEntity, TKey, TMap> Register<TEntity, TKey, TMap>(CachedEntity<TEntity> entity)
        where TEntity : class
        where TKey : notnull
        where TMap : struct, IEntityMap<TEntity, TKey>
    {
        var settings = Core.SettingsFor(typeof(TEntity).Name, entity.Settings);
        return (EntityCache<TEntity, TKey, TMap>)_entities.GetOrAdd(typeof(TEntity), _ => new EntityCache<TEntity, TKey, TMap>(Core, entity, settings));
    }

    internal ViewCache<TView, TKey> Register<TView, TKey>(CachedView<TView, TKey> view)
        where TView : class
        where TKey : notnull
    {
        var settings = Core.SettingsFor(typeof(TView).Name, view.Settings);
        return (ViewCache<TView, TKey>)_entities.GetOrAdd(typeof(TView), _ => new ViewCache<TView, TKey>(Core, view, settings));
    }

    private IEntityCache? Find<T>() => _entities.GetValueOrDefault(typeof(T));
}
