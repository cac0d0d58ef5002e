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

    public CacheEntry<TValue>? Find<TValue>(ReadOnlySpan<char> key)
        where TValue : class
        => _cache.TryGetValue(key, out var entry) ? entry as CacheEntry<TValue> : null;

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
        private long _ticks = timeProvider.GetUtcNow().UtcTicks;

        public DateTimeOffset UtcNow => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

        public long Read()
        {
            var ticks = timeProvider.GetUtcNow().UtcTicks;
            Volatile.Write(ref _ticks, ticks);
            return ticks;
        }
    }
}
