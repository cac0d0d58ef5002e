namespace DualDb.OpenTelemetry;

/// <summary>The names of all meters and activity sources of the libraries, with Npgsql's own. They are stable; what each has is told in docs/telemetry.md.</summary>
public static class DualDbInstrumentation
{
    private const string Npgsql = "Npgsql";

    /// <summary>The meters. By name, so that nobody needs a library for the sake of its metrics.</summary>
    public static IReadOnlyList<string> Meters { get; } = ["DualDb.Cache", "DualDb.Events", "DualDb.Migrations", "DualDb.Monitoring", "DualDb.Sagas", "DualDb.Sdk", "DualDb.Sync", Npgsql];

    /// <summary>The activity sources. Npgsql's has the statements below the calls.</summary>
    public static IReadOnlyList<string> ActivitySources { get; } = ["DualDb.Events", "DualDb.Rest", "DualDb.Sagas", "DualDb.Sdk", "DualDb.Sync", Npgsql];
}
