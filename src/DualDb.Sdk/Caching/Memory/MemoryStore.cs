using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Options;

namespace DualDb.Caching;

/// <summary>The first level: this process's memory, within a size.</summary>
internal sealed class MemoryStore : IDisposable
{
    private readonly MemoryCache _cache;
    private readonly Clock _clock;
    private readonly PostEvictionDelegate _onEvicted;
    private long _size;

    public MemoryStore(long sizeLimit, TimeProvider timeProvider)
    {
        _clock = new Clock(timeProvider);
        _cache = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = sizeLimit, Clock = _clock }));
        _onEvicted = OnEvicted;
    }

    /// <summary>The size of what is held; what has just been evicted may still be counted.</summary>
    public long Size => Math.Max(0, Interlocked.Read(ref _size));

    /// <summary>How many entries are held.</summary>
    public int Count => _cache.Count;

    /// <summary>The time, in ticks of UTC. What follows in the store goes by the same reading: a clock costs as much as a look into the store.</summary>
    public long Now() => _clock.Read();

    public object? Find(ReadOnlySpan<char> key) => _cache.TryGetValue(key, out var entry) ? entry : null;

    public void Set<TValue>(string key, CacheEntry<TValue> entry, CacheFigures figures)
        where TValue : class
    {
        using var cached = _cache.CreateEntry(key);
        cached.Value = entry;
        cached.Size = entry.Size;
        cached.AbsoluteExpiration = new DateTimeOffset(entry.StaleUntil, TimeSpan.Zero);
        cached.RegisterPostEvictionCallback(_onEvicted, figures);
        Interlocked.Add(ref _size, entry.Size);
    }

    public void Remove(string key) => _cache.Remove(key);

    // Emptied, not closed: what is still being read when its root is disposed of must not fail for it.
    public void Dispose() => _cache.Clear();

    // Called for whatever leaves, and for what found no room.
    private void OnEvicted(object key, object? value, EvictionReason reason, object? figures)
    {
        Interlocked.Add(ref _size, -((ISized)value!).Size);
        if (reason == EvictionReason.Capacity)
        {
            ((CacheFigures)figures!).Evicted();
        }
    }

    /// <summary>Tells the store the time that its caller has just read.</summary>
    private sealed class Clock(TimeProvider timeProvider) : ISystemClock
    {
        private const long SyncMilliseconds = 1_000;

        private readonly bool _isSystem = timeProvider == TimeProvider.System;
        private long _ticks = timeProvider.GetUtcNow().UtcTicks;
        private Sync _sync = new(Environment.TickCount64, timeProvider.GetUtcNow().UtcTicks);

        public DateTimeOffset UtcNow => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

        public long Read()
        {
            var ticks = _isSystem ? ReadSystem() : timeProvider.GetUtcNow().UtcTicks;
            Volatile.Write(ref _ticks, ticks);
            return ticks;
        }

        /// <summary>The system's time by its count of milliseconds, set right once a second: the exact time costs more than all else that a hit takes.</summary>
        private long ReadSystem()
        {
            var count = Environment.TickCount64;
            var sync = Volatile.Read(ref _sync);
            if (count - sync.Count >= SyncMilliseconds)
            {
                Volatile.Write(ref _sync, sync = new Sync(count, timeProvider.GetUtcNow().UtcTicks));
            }

            return sync.Ticks + ((count - sync.Count) * TimeSpan.TicksPerMillisecond);
        }

        private sealed record Sync(long Count, long Ticks);
    }
}
