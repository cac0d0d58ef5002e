using System.Diagnostics.Metrics;
using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>
/// Migrations that are applied in one database and wait in the other, by what this process has last seen of them: the gauge of <c>DualDb.Migrations</c>, which this library does not know otherwise.
/// </summary>
internal sealed class MigrationSignals : IAlertSource, IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _pending = new(StringComparer.Ordinal);

    public MigrationSignals()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: "migration.pending", Meter.Name: "DualDb.Migrations" })
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
                    _pending[database] = value;
                }
            }
        });
        _listener.Start();
    }

    /// <summary>Asked each second, by one at a time.</summary>
    public IEnumerable<AlertSignal> Signals()
    {
        _pending.Clear();
        _listener.RecordObservableInstruments();
        return SignalsOf(_pending.GetValueOrDefault(FigureNames.Of(Database.Neon)), _pending.GetValueOrDefault(FigureNames.Of(Database.Supabase)));
    }

    public void Dispose() => _listener.Dispose();

    private static IEnumerable<AlertSignal> SignalsOf(long neon, long supabase)
    {
        if (neon > 0 != supabase > 0)
        {
            var waiting = neon > 0 ? Database.Neon : Database.Supabase;
            yield return new AlertSignal(AlertRules.MigrationHalfApplied, FigureNames.Of(waiting), $"{Math.Max(neon, supabase)} migrations wait in {waiting}, and none in the other database. Run the migrations: they go on where they stopped.");
        }
    }
}
