using System.Diagnostics.Metrics;

namespace DualDb.Diagnostics;

/// <summary>Into which buckets durations in seconds are counted: OpenTelemetry's own are made for milliseconds, and would hold all of ours in the first. Each has the targets of the figures among its boundaries, 0.1 s and 1 s.</summary>
internal static class DurationBuckets
{
    /// <summary>Of calls: from half a millisecond.</summary>
    public static InstrumentAdvice<double> Calls { get; } = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    /// <summary>Of what is on its way from one database to the other, or to its handler: up to an hour.</summary>
    public static InstrumentAdvice<double> Ways { get; } = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] };

    /// <summary>Of what runs for long: up to a day.</summary>
    public static InstrumentAdvice<double> Runs { get; } = new() { HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400] };
}
