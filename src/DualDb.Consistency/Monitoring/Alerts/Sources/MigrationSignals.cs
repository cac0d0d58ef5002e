using System.Diagnostics.Metrics;
using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>
/// Migrations of a run that broke off between the databases: it has applied some to one, and what it planned for the other waits. By what this process has last seen of them: the gauge of <c>DualDb.Migrations</c>, which this library does not know otherwise.
/// </summary>
internal sealed class MigrationSignals : IAlertSource, IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _waiting = new(StringComparer.Ordinal);

    public MigrationSignals()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: "migration.half_applied", Meter.Name: "DualDb.Migrations" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var (key, tag) in tags)
            {
                if (string.Equals(key, "database", StringComparison.Ordinal) && tag is string database)
                {
                    _waiting[database] = value;
                }
            }
        });
        _listener.Start();
    }

    /// <summary>Asked each second, by one at a time.</summary>
    public IEnumerable<AlertSignal> Signals()
    {
        _waiting.Clear();
        _listener.RecordObservableInstruments();
        return SignalsOf(_waiting);
    }

    public void Dispose() => _listener.Dispose();

    private static IEnumerable<AlertSignal> SignalsOf(IReadOnlyDictionary<string, long> waiting)
    {
        foreach (var (database, other) in new[] { (Database.Neon, Database.Supabase), (Database.Supabase, Database.Neon) })
        {
            if (waiting.GetValueOrDefault(FigureNames.Of(database)) is > 0 and var number)
            {
                yield return new AlertSignal(AlertRules.MigrationHalfApplied, FigureNames.Of(database), $"A run of migrations broke off: it has applied some to {other}, and {number} that it planned for {database} wait. Run the migrations: they go on where they stopped.");
            }
        }
    }
}
