using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DualDb.Diagnostics;

namespace DualDb.Caching;

/// <summary>The instruments of the meter <c>DualDb.Cache</c>; one set for the process, each measurement tagged with the entity.</summary>
internal static class CacheMeter
{
    public static readonly Meter Meter = new(DualDbTelemetry.CacheMeterName);

    public static readonly Counter<long> Hits = Meter.CreateCounter<long>("dualdb.cache.hits", "{hit}", "Reads that a level of the cache answered.");

    public static readonly Counter<long> Misses = Meter.CreateCounter<long>("dualdb.cache.misses", "{miss}", "Reads that no level answered.");

    public static readonly Counter<long> Loads = Meter.CreateCounter<long>("dualdb.cache.loads", "{load}", "Loads from the databases.");

    public static readonly Counter<long> Stale = Meter.CreateCounter<long>("dualdb.cache.stale", "{read}", "Reads that were answered with an expired value.");

    public static readonly Counter<long> Evictions = Meter.CreateCounter<long>("dualdb.cache.evictions", "{entry}", "Entries that left the memory for want of room.");

    public static readonly Counter<long> Discarded = Meter.CreateCounter<long>(
        "dualdb.cache.fills.discarded", "{fill}", "Loads whose value was not kept, because an invalidation came in between.");

    public static readonly Counter<long> Skipped = Meter.CreateCounter<long>("dualdb.cache.payloads.skipped", "{payload}", "Payloads that were too large for Redis.");

    public static readonly Counter<long> Undecodable = Meter.CreateCounter<long>("dualdb.cache.payloads.undecodable", "{payload}", "Payloads in Redis that could not be read.");

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("dualdb.cache.invalidations.sent", "{invalidation}", "Invalidations that were written to the log.");

    public static readonly Counter<long> Received = Meter.CreateCounter<long>(
        "dualdb.cache.invalidations.received", "{invalidation}", "Invalidations of other nodes that arrived as they were sent.");

    public static readonly Counter<long> Replayed = Meter.CreateCounter<long>(
        "dualdb.cache.invalidations.replayed", "{invalidation}", "Invalidations of other nodes that were read from the log afterwards.");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "dualdb.cache.memory.dropped", "{drop}", "How often the memory was emptied because invalidations could not be replayed.");

    public static readonly Histogram<double> LoadDuration = Meter.CreateHistogram<double>("dualdb.cache.load.duration", "s", "How long loads from the databases took.", tags: null, DurationBuckets.Calls);

    public static readonly Histogram<double> RedisDuration = Meter.CreateHistogram<double>("dualdb.cache.redis.duration", "s", "How long Redis took to answer.", tags: null, DurationBuckets.Calls);

    private static readonly ConcurrentDictionary<RedisLink, string> Links = [];

    public static readonly ObservableGauge<int> RedisState = Meter.CreateObservableGauge(
        "dualdb.cache.redis.state", ReadStates, "{state}", "The breaker before Redis: 1 connected, 2 disconnected, 3 being tried again.");

    /// <summary>Shows the state of a connection from now on.</summary>
    public static void Watch(RedisLink link, string address) => Links[link] = address;

    /// <summary>Shows it no more.</summary>
    public static void Forget(RedisLink link) => Links.TryRemove(link, out _);

    private static IEnumerable<Measurement<int>> ReadStates()
        => Links.Select(static link => new Measurement<int>((int)link.Key.State, new KeyValuePair<string, object?>("address", link.Value)));
}
