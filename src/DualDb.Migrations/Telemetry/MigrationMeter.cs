using System.Diagnostics.Metrics;
using DualDb.Diagnostics;
using DualDb.Migrations.Drift;

namespace DualDb.Migrations.Telemetry;

/// <summary>The instruments of the meter <c>DualDb.Migrations</c>. Gauges tell what this process has last seen: nothing is read for their sake, and nothing is told before.</summary>
internal static class MigrationMeter
{
    private static readonly Meter Meter = new(MigrationTelemetry.MeterName);

    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>(
        "migration.step.duration", "s", "How long migrations took, by database and how they ended.", tags: null, DurationBuckets.Runs);

    private static MigrationStatus? s_status;
    private static DriftReport? s_drift;

    static MigrationMeter()
    {
        Meter.CreateObservableGauge("migration.pending", ObservePending, "{migration}", "Migrations at hand that are not applied, or not to their end, as this process last looked.");
        Meter.CreateObservableGauge("migration.half_applied", ObserveHalfApplied, "{migration}", "Migrations that a run which broke off has planned and not applied, while it has applied others to the other database, as this process last looked.");
        Meter.CreateObservableGauge("migration.drift", ObserveDrift, "{difference}", "Places where a database differs from the model, as this process last looked, by database and severity.");
    }

    public static void Saw(MigrationStatus status) => Volatile.Write(ref s_status, status);

    /// <summary>What was pending when the status was read is applied: a status is read seldom.</summary>
    public static void Applied(MigrationId id)
    {
        if (Volatile.Read(ref s_status) is { } status)
        {
            Saw(status with { Migrations = [.. status.Migrations.Select(migration => migration.Id == id ? migration with { State = MigrationStandingState.Applied } : migration)] });
        }
    }

    public static void Saw(DriftReport report) => Volatile.Write(ref s_drift, report);

    public static void Ended(Database database, TimeSpan duration, string outcome) => StepDuration.Record(duration.TotalSeconds, Tag(database), new KeyValuePair<string, object?>("outcome", outcome));

    private static IEnumerable<Measurement<long>> ObservePending()
        => Volatile.Read(ref s_status) is not { } status ? []
            : Databases.Select(database => new Measurement<long>(status.Migrations.Count(migration => migration.Id.Database == database && migration.State is MigrationStandingState.Pending or MigrationStandingState.Applying), Tag(database)));

    private static IEnumerable<Measurement<long>> ObserveHalfApplied()
        => Volatile.Read(ref s_status) is not { } status ? []
            : Databases.Select(database => new Measurement<long>(status.HalfApplied.Count(id => id.Database == database), Tag(database)));

    private static IEnumerable<Measurement<long>> ObserveDrift()
        => Volatile.Read(ref s_drift) is not { } report ? []
            : Databases.SelectMany(database => new[] { DriftSeverity.Error, DriftSeverity.Warning }.Select(severity => new Measurement<long>(
                report.Differences.Count(one => one.Database == database && one.Severity == severity), Tag(database), new KeyValuePair<string, object?>("severity", severity.ToString().ToLowerInvariant()))));

    private static IEnumerable<Database> Databases => [Database.Neon, Database.Supabase];

    private static KeyValuePair<string, object?> Tag(Database database) => new("database", database == Database.Neon ? "neon" : "supabase");
}
