namespace DualDb;

/// <summary>Overrides what the <see cref="CachedForAttribute"/> of one entity or view says. What is null stays as the attribute has it.</summary>
public sealed class CacheEntryOptions
{
    /// <summary>Whether rows are kept at all.</summary>
    public bool? Enabled { get; set; }

    /// <summary>For how long; above zero.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>Whether in this process's memory.</summary>
    public bool? L1 { get; set; }

    /// <summary>Whether in Redis.</summary>
    public bool? L2 { get; set; }

    /// <summary>Up to how much longer, drawn anew for each row; zero or more.</summary>
    public TimeSpan? Jitter { get; set; }

    /// <summary>For how long "there is none" is kept; above zero.</summary>
    public TimeSpan? Negative { get; set; }

    /// <summary>How long beyond its duration a row may be served when it cannot be read anew; zero for not at all.</summary>
    public TimeSpan? FailSafe { get; set; }

    /// <summary>For how long such a row is served before the database is asked anew; above zero.</summary>
    public TimeSpan? FailSafeThrottle { get; set; }

    /// <summary>How long a caller waits for the database while an expired row is at hand; above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan? SoftTimeout { get; set; }

    /// <summary>How long a caller waits at most; above zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan? HardTimeout { get; set; }

    /// <summary>The share of the duration after which a row is read anew in the background; 0 for never, below 1.</summary>
    public double? EagerRefreshAt { get; set; }

    /// <summary>How much of <see cref="CachingOptions.SizeLimit"/> one row takes; 1 or more.</summary>
    public int? Size { get; set; }

    /// <summary>Whether each caller gets a copy of its own.</summary>
    public bool? Clone { get; set; }

    /// <summary>Whether changes are watched for that are made outside of the SDK: see <see cref="NotifyOnChange"/>.</summary>
    internal bool NotifiesOnChange { get; set; }

    /// <summary>
    /// Watches for changes that are made outside of the SDK, by another program or in a dashboard: <c>CreateTablesAsync</c> installs a trigger that writes the
    /// touched keys to <c>dualdb.change_log</c>, which every node reads (<see cref="CachingOptions.ChangePollInterval"/>). For entities only.
    /// </summary>
    /// <returns>These options.</returns>
    public CacheEntryOptions NotifyOnChange()
    {
        NotifiesOnChange = true;
        return this;
    }
}
