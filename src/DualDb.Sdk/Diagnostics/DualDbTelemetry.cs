using System.Diagnostics;

namespace DualDb;

/// <summary>The names under which the SDK can be observed.</summary>
public static class DualDbTelemetry
{
    /// <summary>
    /// The <see cref="ActivitySource"/> with one activity per call of a repository or of the escape hatch. The statements themselves
    /// are traced by the source <c>Npgsql</c>, below it.
    /// </summary>
    public const string SourceName = "DualDb.Sdk";

    /// <summary>The <see cref="ActivitySource"/> with one activity per request over REST, as <c>Npgsql</c> has one per statement: method and table, no values.</summary>
    public const string RestSourceName = "DualDb.Rest";

    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/> of calls: how long those to each database and those of views over both take.</summary>
    public const string MeterName = "DualDb.Sdk";

    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/> of the cache: hits, misses, loads, invalidations.</summary>
    public const string CacheMeterName = "DualDb.Cache";

    /// <summary>The source itself; one for the process, so that a listener sees each activity once.</summary>
    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>The source of requests.</summary>
    internal static ActivitySource Rest { get; } = new(RestSourceName);
}
