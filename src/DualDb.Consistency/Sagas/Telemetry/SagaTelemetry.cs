namespace DualDb.Consistency.Sagas;

/// <summary>The names under which sagas can be observed.</summary>
public static class SagaTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/> with one activity per run of an instance and one per attempt at a step in it.</summary>
    public const string SourceName = "DualDb.Sagas";

    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/>: how many run, how long they take, how many come to a stop.</summary>
    public const string MeterName = "DualDb.Sagas";
}
