namespace DualDb.Consistency.Monitoring;

/// <summary>The names under which what the monitoring knows can be observed.</summary>
public static class MonitoringTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/>: <c>db.reachable</c>, <c>db.connection_budget_used</c>, <c>db.cold_starts</c>, by database; <c>alert.firing</c>, by rule.</summary>
    public const string MeterName = "DualDb.Monitoring";
}
