namespace DualDb.Consistency.Sync;

/// <summary>The names under which the synchronisation can be observed.</summary>
public static class SyncTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/> with one activity per page of changes that is applied, linked to those who have made them.</summary>
    public const string SourceName = "DualDb.Sync";

    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/>: <c>sync.lag</c> (s), <c>sync.applied</c>, <c>sync.conflicts</c>, <c>sync.pending</c> and others, by direction and map.</summary>
    public const string MeterName = "DualDb.Sync";
}
