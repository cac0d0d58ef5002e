namespace DualDb.Migrations;

/// <summary>The names under which migrations can be observed.</summary>
public static class MigrationTelemetry
{
    /// <summary>
    /// The <see cref="System.Diagnostics.Metrics.Meter"/>: <c>migration.pending</c>, <c>migration.half_applied</c> and <c>migration.drift</c> as this process last looked, <c>migration.step.duration</c> (s).
    /// </summary>
    public const string MeterName = "DualDb.Migrations";
}
