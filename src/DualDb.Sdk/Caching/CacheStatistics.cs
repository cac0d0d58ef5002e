namespace DualDb;

/// <summary>What the cache of one root has done since it was created, at one moment.</summary>
/// <param name="Entities">The figures of each cached entity and view.</param>
public sealed record CacheStatistics(IReadOnlyList<CacheEntityStatistics> Entities)
{
    /// <summary>How much of <see cref="SizeLimit"/> the memory holds.</summary>
    public long Size { get; init; }

    /// <summary>How much the memory may hold.</summary>
    public long SizeLimit { get; init; }

    /// <summary>How many entries the memory holds.</summary>
    public long Entries { get; init; }

    /// <summary>Whether Redis answers.</summary>
    public RedisState Redis { get; init; }

    /// <summary>Invalidations written to the log.</summary>
    public long InvalidationsSent { get; init; }

    /// <summary>Invalidations that wait for Redis to be reached again.</summary>
    public long InvalidationsOwed { get; init; }

    /// <summary>Invalidations of other nodes that arrived as they were sent.</summary>
    public long InvalidationsReceived { get; init; }

    /// <summary>Invalidations of other nodes that were read from the log afterwards.</summary>
    public long InvalidationsReplayed { get; init; }

    /// <summary>How often the memory was emptied because invalidations could not be replayed.</summary>
    public long MemoryDropped { get; init; }
}

/// <summary>What the cache has done for one entity or view.</summary>
/// <param name="Name">The entity or view.</param>
public sealed record CacheEntityStatistics(string Name)
{
    /// <summary>Reads answered from memory.</summary>
    public long MemoryHits { get; init; }

    /// <summary>Reads answered from Redis.</summary>
    public long RedisHits { get; init; }

    /// <summary>Reads that neither answered.</summary>
    public long Misses { get; init; }

    /// <summary>Loads from the databases: fewer than misses, since callers share them.</summary>
    public long Loads { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long FailedLoads { get; init; }

    /// <summary>Reads answered with an expired value, because the source failed or took too long.</summary>
    public long StaleServed { get; init; }

    /// <summary>Entries that left the memory for want of room.</summary>
    public long Evictions { get; init; }

    /// <summary>Loads whose value was not kept, because an invalidation came in between.</summary>
    public long DiscardedFills { get; init; }

    /// <summary>Payloads that were too large for Redis.</summary>
    public long SkippedPayloads { get; init; }

    /// <summary>Payloads in Redis that could not be read.</summary>
    public long UndecodablePayloads { get; init; }
}

/// <summary>Whether Redis answers.</summary>
public enum RedisState
{
    /// <summary>There is none: the cache is this process's memory alone.</summary>
    None = 0,

    /// <summary>It answers.</summary>
    Connected,

    /// <summary>It was lost or not reached yet; nothing is sent to it for now.</summary>
    Disconnected,

    /// <summary>It is being tried again.</summary>
    Connecting,
}
