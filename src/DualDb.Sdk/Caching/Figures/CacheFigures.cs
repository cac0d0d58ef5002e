namespace DualDb.Caching;

/// <summary>What has happened to the entries of one entity or view.</summary>
/// <param name="name">The entity or view.</param>
internal sealed class CacheFigures(string name)
{
    private readonly KeyValuePair<string, object?> _entity = new("entity", name);

    private long _memoryHits;
    private long _redisHits;
    private long _misses;
    private long _loads;
    private long _failedLoads;
    private long _stale;
    private long _evictions;
    private long _discarded;
    private long _skipped;
    private long _undecodable;

    private static readonly KeyValuePair<string, object?> Memory = new("level", "l1");
    private static readonly KeyValuePair<string, object?> Redis = new("level", "l2");

    public void MemoryHit()
    {
        Interlocked.Increment(ref _memoryHits);

        // The most frequent of all measurements: where nobody listens, not even its tags are put together.
        if (CacheMeter.Hits.Enabled)
        {
            CacheMeter.Hits.Add(1, Memory, _entity);
        }
    }

    /// <summary>A caller was answered after waiting.</summary>
    public void Waited(LoadOrigin origin)
    {
        switch (origin)
        {
            case LoadOrigin.Redis:
                Interlocked.Increment(ref _redisHits);
                CacheMeter.Hits.Add(1, Redis, _entity);
                break;

            case LoadOrigin.Stale:
                Interlocked.Increment(ref _stale);
                CacheMeter.Stale.Add(1, _entity);
                break;

            default:
                Interlocked.Increment(ref _misses);
                CacheMeter.Misses.Add(1, _entity);
                break;
        }
    }

    public void Loaded(TimeSpan duration, bool succeeded)
    {
        Interlocked.Increment(ref _loads);
        if (!succeeded)
        {
            Interlocked.Increment(ref _failedLoads);
        }

        var outcome = new KeyValuePair<string, object?>("outcome", succeeded ? "success" : "failure");
        CacheMeter.Loads.Add(1, _entity, outcome);
        CacheMeter.LoadDuration.Record(duration.TotalSeconds, _entity, outcome);
    }

    public void Evicted()
    {
        Interlocked.Increment(ref _evictions);
        CacheMeter.Evictions.Add(1, _entity);
    }

    public void Discarded()
    {
        Interlocked.Increment(ref _discarded);
        CacheMeter.Discarded.Add(1, _entity);
    }

    public void Skipped()
    {
        Interlocked.Increment(ref _skipped);
        CacheMeter.Skipped.Add(1, _entity);
    }

    /// <summary>Counts a payload that could not be read.</summary>
    /// <returns>Whether it is the first, which is worth a line in the log.</returns>
    public bool Undecodable()
    {
        CacheMeter.Undecodable.Add(1, _entity);
        return Interlocked.Increment(ref _undecodable) == 1;
    }

    public CacheEntityStatistics Snapshot() => new(name)
    {
        MemoryHits = Interlocked.Read(ref _memoryHits),
        RedisHits = Interlocked.Read(ref _redisHits),
        Misses = Interlocked.Read(ref _misses),
        Loads = Interlocked.Read(ref _loads),
        FailedLoads = Interlocked.Read(ref _failedLoads),
        StaleServed = Interlocked.Read(ref _stale),
        Evictions = Interlocked.Read(ref _evictions),
        DiscardedFills = Interlocked.Read(ref _discarded),
        SkippedPayloads = Interlocked.Read(ref _skipped),
        UndecodablePayloads = Interlocked.Read(ref _undecodable),
    };
}
