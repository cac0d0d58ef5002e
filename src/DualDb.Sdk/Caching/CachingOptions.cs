namespace DualDb;

/// <summary>The cache of one root: what holds for all entities with a <see cref="CachedForAttribute"/>, and what is overridden for some.</summary>
public sealed class CachingOptions
{
    private readonly Dictionary<string, CacheEntryOptions> _entities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether anything is cached. True unless set; false reads every row from its database. Other nodes are told of what is written all the same.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where Redis is: <c>redis://user:password@host:6379/0</c>, <c>rediss://…</c> for TLS, or the client's own form <c>host:6379,password=…</c>. Null takes the key
    /// <c>DualDb:Caching:Redis</c> of the configuration, then the environment variable <c>REDIS_URL</c>; without any the cache is this process's memory alone.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>
    /// What every key in Redis begins with. Applications that share one Redis need different ones; the nodes of one application the same.
    /// Null for the name of the root.
    /// </summary>
    public string? KeyPrefix { get; set; }

    /// <summary>How much the memory holds: the sum of the sizes of its rows, each 1 unless <see cref="CachedForAttribute.Size"/> says otherwise. 100,000 unless set.</summary>
    public long SizeLimit { get; set; } = 100_000;

    /// <summary>Payloads above so many bytes, uncompressed, are not written to Redis. 1 MiB unless set.</summary>
    public int MaxPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>Payloads above so many bytes are compressed. 4 KiB unless set; <see cref="int.MaxValue"/> never compresses.</summary>
    public int CompressAboveBytes { get; set; } = 4 * 1024;

    /// <summary>How long an answer of Redis is waited for before the database is asked instead. 250 ms unless set; above zero.</summary>
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long after Redis was lost it is tried again, and between tries. 250 ms unless set; above zero.</summary>
    public TimeSpan RedisRetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// For how long one node may load a key that others wait for, so that not every node asks the database for it. 2 s unless set; zero has each node load for itself.
    /// </summary>
    public TimeSpan LoadLock { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the changes of entities with <see cref="CacheEntryOptions.NotifyOnChange"/> are read. 250 ms unless set; above zero.</summary>
    public TimeSpan ChangePollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For how long <c>dualdb.change_log</c> keeps changes. 24 hours unless set; at least one minute.</summary>
    public TimeSpan ChangeRetention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>What is overridden, by the names of types.</summary>
    internal IReadOnlyDictionary<string, CacheEntryOptions> Entities => _entities;

    /// <summary>Whether Redis is left out whatever the other sources say; for tests.</summary>
    internal bool InMemoryOnly { get; set; }

    /// <summary>Overrides what the attribute of an entity or a view says.</summary>
    /// <typeparam name="T">The entity or view.</typeparam>
    /// <param name="configure">Sets what is different.</param>
    /// <returns>These options.</returns>
    public CachingOptions For<T>(Action<CacheEntryOptions> configure)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Named(typeof(T).Name));
        return this;
    }

    /// <summary>What is overridden for a type by its name.</summary>
    internal CacheEntryOptions Named(string type)
    {
        if (!_entities.TryGetValue(type, out var options))
        {
            _entities.Add(type, options = new CacheEntryOptions());
        }

        return options;
    }
}
