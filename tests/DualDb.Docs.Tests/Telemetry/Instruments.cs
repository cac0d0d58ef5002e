using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DualDb.Docs.Tests.Telemetry;

/// <summary>All instruments and names that the libraries have, found in them.</summary>
internal static class Instruments
{
    private static readonly Assembly[] Libraries =
    [
        typeof(DualDbTelemetry).Assembly, typeof(Consistency.Events.EventTelemetry).Assembly, typeof(Migrations.MigrationTelemetry).Assembly, typeof(AspNetCore.Health.DualDbHealthOptions).Assembly,
    ];

    /// <summary>Every instrument, created as the application would.</summary>
    public static IReadOnlyList<Instrument> All()
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => found.Add(instrument) };
        listener.Start();
        foreach (var type in Libraries.SelectMany(static library => library.GetTypes()).Where(HoldsMeter))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        return [.. found.Where(static instrument => instrument.Meter.Name.StartsWith("DualDb.", StringComparison.Ordinal)).DistinctBy(static instrument => (instrument.Meter.Name, instrument.Name))];
    }

    /// <summary>The values of the public constants whose names end so.</summary>
    public static IReadOnlyList<string> NamesOf(string ending)
        => [.. Libraries.SelectMany(static library => library.GetExportedTypes())
            .SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral && field.Name.EndsWith(ending, StringComparison.Ordinal))
            .Select(static field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal)];

    public static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : name.Contains("UpDownCounter", StringComparison.Ordinal) ? "updowncounter"
            : name.Contains("Histogram", StringComparison.Ordinal) ? "histogram"
            : "counter";
    }

    private static bool HoldsMeter(Type type)
        => !type.ContainsGenericParameters && type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(static field => field.FieldType == typeof(Meter));
}
