using DualDb.Caching;
using Microsoft.Extensions.Logging;

namespace DualDb.Hosting;

/// <summary>Creates the cache of a root.</summary>
internal static class CacheFactory
{
    public static DualDbCache Create(string rootName, DualDbOptions options, ILoggerFactory? loggerFactory)
    {
        var caching = options.Caching;
        // Also where nothing is to be kept here: other nodes are told of what this one writes.
        var connector = !caching.InMemoryOnly && !string.IsNullOrWhiteSpace(caching.Redis) ? new StackExchangeConnector(caching.Redis) : null;
        return new DualDbCache(new CacheCore(caching, caching.KeyPrefix ?? rootName, options.TimeProvider, connector, loggerFactory));
    }
}
