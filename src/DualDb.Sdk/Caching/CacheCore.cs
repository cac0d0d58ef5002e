using System.Collections.Concurrent;
using System.Globalization;
using DualDb.Mapping;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Caching;

/// <summary>What all spaces of one root share: the memory, the readings under way, Redis, and what everything depends on.</summary>
internal sealed class CacheCore : IAsyncDisposable, IDisposable
{
    /// <summary>By the system's clock: they are the server's time, not that of the entries.</summary>
    private static readonly TimeSpan[] SuspicionPauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)];

    private readonly CancellationTokenSource _disposed = new();
    private readonly List<ChangeWatch> _watches = [];
    private readonly ConcurrentDictionary<string, Dependency> _dependencies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _entities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Subject, string Kind), CacheSpace[]> _spaces = [];
    private readonly ConcurrentDictionary<EntityInfo, bool> _shared = [];
    private readonly ConcurrentDictionary<string, RowStamps> _stamps = new(StringComparer.Ordinal);
    private int _marks;
    private long _sent;
    private long _received;
    private long _replayed;
    private long _dropped;
    private long _longestLifetime;

    /// <summary>Creates the shared parts.</summary>
    /// <param name="options">The options, checked.</param>
    /// <param name="prefix">What every key in Redis begins with.</param>
    /// <param name="timeProvider">The clock of lifetimes and timeouts.</param>
    /// <param name="connector">Connects to Redis; null where there is none.</param>
    /// <param name="loggerFactory">Receives the log; null for none.</param>
    public CacheCore(CachingOptions options, string prefix, TimeProvider timeProvider, IRedisConnector? connector, ILoggerFactory? loggerFactory)
    {
        Options = options;
        TimeProvider = timeProvider;
        Logger = (ILogger?)loggerFactory?.CreateLogger("DualDb.Cache") ?? NullLogger.Instance;
        Memory = new MemoryStore(options.SizeLimit, timeProvider);
        Redis = connector is null ? null : new RedisStore(this, connector, prefix, Logger);
    }

    public CachingOptions Options { get; }

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    public MemoryStore Memory { get; }

    public LoadTable Loads { get; } = new();

    public RedisStore? Redis { get; }

    /// <summary>How long the longest-lived entry stays in Redis: numbers of invalidations have to outlive it.</summary>
    public TimeSpan LongestLifetime => TimeSpan.FromTicks(Interlocked.Read(ref _longestLifetime));

    /// <summary>How an entity or a view is kept: what its attribute says, with what the options override.</summary>
    public CacheSettings SettingsFor(string type, CacheSettings declared)
    {
        var settings = SettingsOverride.Apply(declared, Options.Entities.GetValueOrDefault(type));
        return Options.Enabled ? settings : settings with { Enabled = false };
    }

    /// <summary>The dependency of a name.</summary>
    public Dependency Dependency(string name) => _dependencies.GetOrAdd(name, static name => new Dependency(name));

    /// <summary>When rows of a table were written.</summary>
    public RowStamps StampsOf(string subject) => _stamps.GetOrAdd(subject, static _ => new RowStamps());

    /// <summary>How many cached entities stand on a table.</summary>
    public int EntitiesOn(string subject) => _entities.GetValueOrDefault(subject);

    /// <summary>Takes in a cached entity.</summary>
    public void AddEntity(string subject) => _entities.AddOrUpdate(subject, 1, static (_, count) => count + 1);

    /// <summary>Notes that all users share what is kept of an entity.</summary>
    public void Share(EntityInfo entity) => _shared[entity] = true;

    /// <summary>Whether what is kept of an entity is everybody's: rows in Neon, to which no user's policies apply, and what is declared so.</summary>
    public bool IsShared(EntityInfo entity) => entity.Database == Database.Neon || _shared.ContainsKey(entity);

    /// <summary>Whether anything depends on a name.</summary>
    public bool IsWatched(string name) => _dependencies.ContainsKey(name);

    /// <summary>Takes in a space.</summary>
    /// <returns>What its keys in memory begin with.</returns>
    public string Register(CacheSpace space, TimeSpan lifetime)
    {
        _spaces.AddOrUpdate((space.Subject, space.Kind), static (_, added) => [added], static (_, spaces, added) => [.. spaces, added], space);
        InterlockedMax(ref _longestLifetime, lifetime.Ticks);
        return Mark(Interlocked.Increment(ref _marks)) + ":";
    }

    /// <summary>
    /// Waits for the first attempt to reach Redis, once; before anything is read, so that the beginning of an epoch does not discard it.
    /// </summary>
    public async ValueTask ReadyAsync()
    {
        if (Redis is not null)
        {
            await Redis.ReadyAsync().ConfigureAwait(false);
        }

        foreach (var watch in _watches)
        {
            await watch.ReadyAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Watches a table for changes made outside of the SDK; before the first use.</summary>
    public void Watch(PostgresDatabase database, IWatchedTable table)
    {
        lock (_watches)
        {
            var watch = _watches.Find(watch => watch.Database == database);
            if (watch is null)
            {
                _watches.Add(watch = new ChangeWatch(this, database, _disposed.Token));
            }

            watch.Add(table);
        }
    }

    /// <summary>The tables of a database that are watched.</summary>
    public IReadOnlyList<IWatchedTable> WatchedIn(PostgresDatabase database) => _watches.Find(watch => watch.Database == database)?.Tables ?? [];

    /// <summary>Applies an invalidation here, and writes it to the log for all others. To be awaited before a write is reported as done.</summary>
    /// <param name="invalidation">The invalidation.</param>
    /// <param name="once">Names what several nodes may tell of, and one is to write; null for none.</param>
    public async ValueTask InvalidateAsync(Invalidation invalidation, string? once = null)
    {
        if (invalidation.IsEmpty)
        {
            return;
        }

        Apply(invalidation);
        if (Redis is not { } redis)
        {
            return;
        }

        await redis.ReadyAsync().ConfigureAwait(false);
        await redis.Log.SendAsync(invalidation, once).ConfigureAwait(false);

        // What was read from Redis since the first time may have been there from before.
        Apply(invalidation);
    }

    /// <summary>
    /// Applies an invalidation for a write of which nobody knows whether it was applied, and once more later: the server may still be at it, and what is read until then would be from before.
    /// </summary>
    public ValueTask SuspectAsync(Invalidation suspected)
    {
        foreach (var pause in SuspicionPauses)
        {
            _ = InvalidateLaterAsync(suspected, pause);
        }

        return InvalidateAsync(suspected);
    }

    /// <summary>Applies an invalidation to the memory and the readings under way.</summary>
    public void Apply(Invalidation invalidation)
    {
        foreach (var name in invalidation.Dependencies)
        {
            // One that nobody has asked for has no entries.
            if (_dependencies.TryGetValue(name, out var dependency))
            {
                dependency.Bump();
            }
        }

        foreach (var address in invalidation.Addresses)
        {
            if (_stamps.TryGetValue(address.Subject, out var stamps) && (address.Kind.Length == 0 || stamps.AreOfEntries))
            {
                stamps.Touch(address);
            }

            if (_spaces.TryGetValue((address.Subject, address.Kind), out var spaces))
            {
                foreach (var space in spaces)
                {
                    space.Invalidate(address.Text);
                }
            }
        }
    }

    /// <summary>Makes worthless all that is in memory and all that is being read.</summary>
    public void DropMemory()
    {
        Interlocked.Increment(ref _dropped);
        CacheMeter.Dropped.Add(1);
        foreach (var dependency in _dependencies.Values)
        {
            dependency.Bump();
        }
    }

    public void Sent()
    {
        Interlocked.Increment(ref _sent);
        CacheMeter.Sent.Add(1);
    }

    public void Received(bool isReplayed)
    {
        Interlocked.Increment(ref isReplayed ? ref _replayed : ref _received);
        (isReplayed ? CacheMeter.Replayed : CacheMeter.Received).Add(1);
    }

    public CacheStatistics Snapshot(IEnumerable<CacheFigures> figures) => new([.. figures.Select(static entity => entity.Snapshot())])
    {
        Size = Memory.Size,
        SizeLimit = Options.SizeLimit,
        Entries = Memory.Count,
        Redis = Redis?.State ?? RedisState.None,
        InvalidationsSent = Interlocked.Read(ref _sent),
        InvalidationsOwed = Redis?.Log.Owed ?? 0,
        InvalidationsReceived = Interlocked.Read(ref _received),
        InvalidationsReplayed = Interlocked.Read(ref _replayed),
        MemoryDropped = Interlocked.Read(ref _dropped),
    };

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (Redis is not null)
        {
            await Redis.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        // The source is not disposed of: loads that are still under way look at its token.
        _disposed.Cancel();
        Redis?.Dispose();
        Memory.Dispose();
    }

    private async Task InvalidateLaterAsync(Invalidation suspected, TimeSpan pause)
    {
        await Task.Delay(pause, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_disposed.IsCancellationRequested)
        {
            await InvalidateAsync(suspected).ConfigureAwait(false);
        }
    }

    // As short as can be, since every key begins with it.
    private static string Mark(int number) => number < char.MaxValue ? ((char)number).ToString() : number.ToString("x", CultureInfo.InvariantCulture);

    private static void InterlockedMax(ref long place, long value)
    {
        var known = Interlocked.Read(ref place);
        while (value > known)
        {
            var seen = Interlocked.CompareExchange(ref place, value, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }
}
