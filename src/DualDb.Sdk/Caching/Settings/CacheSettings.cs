using System.ComponentModel;

namespace DualDb.Caching;

/// <summary>How rows of one entity, or one view, are kept: what its attribute says, with what the options override.</summary>
/// <param name="Duration">For how long.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CacheSettings(TimeSpan Duration)
{
    private static readonly TimeSpan LongestNegative = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _negative;

    /// <summary>Whether rows are kept at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether in memory.</summary>
    public bool L1 { get; init; } = true;

    /// <summary>Whether in Redis.</summary>
    public bool L2 { get; init; } = true;

    /// <summary>Up to how much longer.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>For how long "there is none" is kept.</summary>
    public TimeSpan Negative
    {
        get => _negative ?? (Duration < LongestNegative ? Duration : LongestNegative);
        init => _negative = value;
    }

    /// <summary>How long beyond its duration a row may be served when it cannot be read anew.</summary>
    public TimeSpan FailSafe { get; init; }

    /// <summary>For how long such a row is served before the next attempt.</summary>
    public TimeSpan FailSafeThrottle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits while an expired row is at hand.</summary>
    public TimeSpan SoftTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long a caller waits at most.</summary>
    public TimeSpan HardTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The share of the duration after which a row is read anew in the background; 0 for never.</summary>
    public double EagerRefreshAt { get; init; }

    /// <summary>How much of the memory's limit one row takes.</summary>
    public int Size { get; init; } = 1;

    /// <summary>Whether each caller gets a copy.</summary>
    public bool ClonesValues { get; init; }

    /// <summary>Whether all users share what is kept of an entity in Supabase.</summary>
    public bool IsShared { get; init; }

    /// <summary>Names under which entities and views are invalidated together.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether changes made outside of the SDK are watched for.</summary>
    internal bool NotifiesOnChange { get; init; }
}
