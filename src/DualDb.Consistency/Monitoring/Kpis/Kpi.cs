namespace DualDb.Consistency.Monitoring;

/// <summary>What a figure says.</summary>
public enum KpiKind
{
    /// <summary>The share of compared rows that are equal on both sides; by map, and over all.</summary>
    Consistency = 0,

    /// <summary>How long calls take, in seconds; by database.</summary>
    QueryTime,

    /// <summary>How long views take to be read from both databases, in seconds; by view.</summary>
    ViewTime,

    /// <summary>The share of the time in which a database answers; by database, and that both do.</summary>
    Availability,

    /// <summary>How long changes take from one database to the other, in seconds; by source.</summary>
    SyncLag,

    /// <summary>The share of cached reads that a level answers; by level, and over all.</summary>
    CacheHitRate,
}

/// <summary>A figure over a window.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Subject">Of what: a database (<c>neon</c>, <c>supabase</c>), a map, a view, a level of the cache (<c>memory</c>, <c>redis</c>); empty for all.</param>
public sealed record Kpi(KpiKind Kind, string Subject)
{
    /// <summary>The figure that <see cref="Target"/> is set for: a share from 0 to 1; of times the percentile of the target, 95 for queries and views, 99 for the lag, in seconds. Null where nothing was measured.</summary>
    public double? Value { get; init; }

    /// <summary>What it should be; null for no target.</summary>
    public double? Target { get; init; }

    /// <summary>Whether it is; null where nothing was measured, or there is no target.</summary>
    public bool? IsMet { get; init; }

    /// <summary>
    /// How much of what may go wrong is left, from 1 (nothing did) to 0 (all of it), and below where more did: of an availability of 99.95 %, half an hour of each thousand hours may be lost. Null as <see cref="IsMet"/>.
    /// </summary>
    public double? ErrorBudgetLeft { get; init; }

    /// <summary>Half of the times are at most that, in seconds; null for shares.</summary>
    public double? P50 { get; init; }

    /// <summary>95 of 100 times are at most that.</summary>
    public double? P95 { get; init; }

    /// <summary>99 of 100 times are at most that.</summary>
    public double? P99 { get; init; }

    /// <summary>What the figure stands on: calls, reads, changes, compared rows; seconds for the availability.</summary>
    public double Count { get; init; }

    /// <summary>The figure in each piece of the window, from the oldest; null where nothing was measured.</summary>
    public IReadOnlyList<double?> Points { get; init; } = [];
}

/// <summary>The figures over one window, of all nodes of the application.</summary>
/// <param name="Window">The window.</param>
/// <param name="At">When they were told, by the home database's clock. The last piece of the window is still open.</param>
/// <param name="Kpis">The figures, by kind and subject. Those of what was not measured are left out, but for the databases'.</param>
public sealed record KpiReport(KpiWindow Window, DateTimeOffset At, IReadOnlyList<Kpi> Kpis)
{
    /// <summary>Whether the home database could be asked: otherwise the figures are those of this node alone, and of others as they were read last.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What the home database lacks, and what to call; null where nothing is missing, and where that is not known. Nothing is kept until it is there.</summary>
    public string? Missing { get; init; }

    /// <summary>A figure; null where there is none.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="subject">Of what; empty for all.</param>
    public Kpi? Find(KpiKind kind, string subject = "") => Kpis.FirstOrDefault(kpi => kpi.Kind == kind && string.Equals(kpi.Subject, subject, StringComparison.Ordinal));
}
