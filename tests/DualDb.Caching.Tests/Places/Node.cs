using Microsoft.Extensions.Logging;

namespace DualDb.Caching.Tests;

/// <summary>A node whose cache is put together by hand: over any connection to Redis, with a log of its own.</summary>
internal static class Node
{
    /// <summary>How long Redis may take: on a busy machine an answer can be later than the product waits for, and the figures would count a load instead of a hit.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static StoreDb Create(Store store, Action<CachingOptions>? configure = null, ILoggerFactory? log = null, string? redis = null, string? prefix = null)
    {
        var databases = store.Create(redis: false);
        var options = new CachingOptions { RedisTimeout = Patience, RedisRetryDelay = TimeSpan.FromMilliseconds(20) };
        configure?.Invoke(options);
        var connector = new StackExchangeConnector(redis ?? store.RedisAddress);
        return new StoreDb(databases.Neon, databases.Supabase, new DualDbCache(new CacheCore(options, prefix ?? store.Prefix, TimeProvider.System, connector, log)));
    }

    public static CacheEntityStatistics FiguresOf<T>(this StoreDb node) => node.Cache.GetStatistics().Entities.Single(static entity => entity.Name == typeof(T).Name);
}
