using DualDb.AspNetCore.Dashboard.Sections;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Live;

/// <summary>The feeds of all addresses that somebody looks at, and how many look.</summary>
internal sealed class LiveHub(DashboardOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>So many addresses are shared; filters that are made up anew each time must not fill the memory.</summary>
    private const int MaxFeeds = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Feed> _feeds = new(StringComparer.Ordinal);
    private int _viewers;

    /// <summary>How many look just now.</summary>
    public int Viewers => Volatile.Read(ref _viewers);

    /// <summary>The feed of an address of a section.</summary>
    public Feed FeedOf(string section, string address, IReadOnlyList<DashboardPart> parts)
    {
        var key = section + " " + address;
        lock (_lock)
        {
            if (_feeds.TryGetValue(key, out var known))
            {
                return known;
            }

            if (_feeds.Count >= MaxFeeds)
            {
                foreach (var idle in _feeds.Where(static feed => feed.Value.IsIdle).Select(static feed => feed.Key).ToList())
                {
                    _feeds.Remove(idle);
                }
            }

            var feed = new Feed(parts, options, time, logger, stopping);
            if (_feeds.Count < MaxFeeds)
            {
                _feeds.Add(key, feed);
            }

            return feed;
        }
    }

    /// <summary>Something was done: whatever is shown from now on is read anew.</summary>
    public void Outdate()
    {
        lock (_lock)
        {
            foreach (var feed in _feeds.Values)
            {
                feed.Outdate();
            }
        }
    }

    /// <summary>Takes a place among those who look.</summary>
    /// <returns>Whether there was one; <see cref="Leave"/> then gives it back.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _viewers) <= options.MaxViewers)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _viewers);
}
