namespace DualDb;

/// <summary>
/// Keeps rows of an entity, or a view, in memory and in Redis: <c>[CachedFor(minutes: 5)]</c>. A write through the repository invalidates what it
/// touches once it is committed, on every node; a row that was being read meanwhile is not kept.
/// </summary>
/// <remarks>
/// Times are texts, since an attribute cannot hold a <see cref="TimeSpan"/>: <c>"00:05:00"</c> is five minutes. Every setting but <see cref="Shared"/> can be overridden per
/// entity in <see cref="CachingOptions.For{T}(Action{CacheEntryOptions})"/> and in the configuration section <c>DualDb:Caching:Entities</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CachedForAttribute : Attribute
{
    /// <summary>Keeps rows for so many minutes.</summary>
    /// <param name="minutes">The minutes; above 0. Fractions are allowed.</param>
    public CachedForAttribute(double minutes) => Minutes = minutes;

    /// <summary>Keeps rows for a time.</summary>
    /// <param name="duration">The time: <c>"00:05:00"</c>; above zero.</param>
    public CachedForAttribute(string duration) => Duration = duration;

    /// <summary>The minutes that were given; 0 where a text was.</summary>
    public double Minutes { get; }

    /// <summary>The time that was given as a text; null where minutes were.</summary>
    public string? Duration { get; }

    /// <summary>Whether rows are kept in this process's memory. True unless set.</summary>
    public bool L1 { get; set; } = true;

    /// <summary>Whether rows are kept in Redis as well, where one is configured. True unless set.</summary>
    public bool L2 { get; set; } = true;

    /// <summary>
    /// Up to how much longer a row is kept, drawn anew for each, so that rows read together do not expire together: <c>"00:00:10"</c>. Null for none.
    /// </summary>
    public string? Jitter { get; set; }

    /// <summary>For how long "there is none" is kept: <c>"00:00:30"</c>. Null for the duration, and at most one minute.</summary>
    public string? Negative { get; set; }

    /// <summary>How old a row may be that is served when it cannot be read anew: <c>"01:00:00"</c>, beyond its duration. Null serves none.</summary>
    public string? FailSafe { get; set; }

    /// <summary>For how long a row that was served so is served again before the database is asked anew. Null for 30 seconds.</summary>
    public string? FailSafeThrottle { get; set; }

    /// <summary>How long a caller waits for the database while an expired row is at hand, which it then takes; the read goes on. Needs <see cref="FailSafe"/>. Null waits.</summary>
    public string? SoftTimeout { get; set; }

    /// <summary>How long a caller waits at most; it then gets a <see cref="CacheTimeoutException"/>, or an expired row. The read goes on. Null waits.</summary>
    public string? HardTimeout { get; set; }

    /// <summary>The share of its duration after which a row that is asked for is read anew in the background: 0.8. 0 for never; below 1.</summary>
    public double EagerRefreshAt { get; set; }

    /// <summary>How much of <see cref="CachingOptions.SizeLimit"/> one row takes. 1 unless set.</summary>
    public int Size { get; set; } = 1;

    /// <summary>
    /// Whether each caller gets a copy of its own. Without it all callers share one instance, which is right for types that cannot change.
    /// </summary>
    public bool Clone { get; set; }

    /// <summary>
    /// Whether all users share the entries of an entity in Supabase. Without it each user of <see cref="IDualDatabase{TRoot}.AsUser(UserSession)"/> has his own, and the application its own,
    /// since row-level security may show each of them other rows. Set it only where the policies show everybody the same: a catalogue that all may read. A view is shared where all its
    /// members in Supabase are. Rows in Neon are always shared.
    /// </summary>
    public bool Shared { get; set; }

    /// <summary>Names under which entities and views are invalidated together: <see cref="DualDbCache.InvalidateTagAsync"/>.</summary>
    public string[] Tags { get; set; } = [];
}
