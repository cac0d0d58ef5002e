using System.ComponentModel;

namespace DualDb.Caching;

/// <summary>What the cache is told of an entity at compile time.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="settings">What its attribute says.</param>
/// <param name="lookups">How its rows are found by something other than their key.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedEntity<TEntity>(CacheSettings settings, params IReadOnlyList<CachedLookup<TEntity>> lookups)
    where TEntity : class
{
    /// <summary>What its attribute says.</summary>
    public CacheSettings Settings { get; } = settings;

    /// <summary>How its rows are found by something other than their key.</summary>
    public IReadOnlyList<CachedLookup<TEntity>> Lookups { get; } = lookups;
}
