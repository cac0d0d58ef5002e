using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>The instruments of the meter <c>DualDb.Monitoring</c>; one set for the process, each measurement tagged with application and database.</summary>
internal static class MonitoringMeter
{
    private static readonly Meter Meter = new(MonitoringTelemetry.MeterName);
    private static readonly ConcurrentDictionary<DatabaseMonitoring, byte> Watched = [];

    private static readonly Counter<long> ColdStarts = Meter.CreateCounter<long>(
        "db.cold_starts", "{start}", "Calls that took longer than half a second after nothing had been asked of Neon for a minute: it was asleep.");

    static MonitoringMeter()
    {
        Meter.CreateObservableGauge(
            "db.reachable", static () => Observe<long>(static (monitoring, database) => monitoring.IsUp(database) is { } isUp ? isUp ? 1L : 0L : null), description: "Whether a database answers, by this node's last calls and probes: 1 or 0. Nothing where nobody has asked.");
        Meter.CreateObservableGauge(
            "db.connection_budget_used", static () => Observe<double>(static (monitoring, database) => monitoring.Budget.UsedOf(database)), "1", "The share of the connections that this process may hold which are in use, from 0 to 1.");
        Meter.CreateObservableGauge("alert.firing", ObserveAlerts, "{alert}", "How many alerts of a rule last just now, as this node knows it.");
    }

    public static void Watch(DatabaseMonitoring monitoring) => Watched[monitoring] = 0;

    public static void Forget(DatabaseMonitoring monitoring) => Watched.TryRemove(monitoring, out _);

    public static void ColdStarted(string application, Database database)
        => ColdStarts.Add(1, new KeyValuePair<string, object?>("application", application), new KeyValuePair<string, object?>("database", FigureNames.Of(database)));

    private static IEnumerable<Measurement<long>> ObserveAlerts()
        => from monitoring in Watched.Keys
           from rule in (monitoring.Watch?.Known ?? []).GroupBy(static alert => (alert.Rule, alert.Severity))
           select new Measurement<long>(
               rule.Count(),
               new KeyValuePair<string, object?>("application", monitoring.Application),
               new KeyValuePair<string, object?>("rule", rule.Key.Rule),
               new KeyValuePair<string, object?>("severity", rule.Key.Severity == AlertSeverity.Page ? "page" : "warning"));

    private static IEnumerable<Measurement<T>> Observe<T>(Func<DatabaseMonitoring, Database, T?> read)
        where T : struct
    {
        foreach (var monitoring in Watched.Keys)
        {
            foreach (var database in new[] { Database.Neon, Database.Supabase })
            {
                if (read(monitoring, database) is { } value)
                {
                    yield return new Measurement<T>(value, new KeyValuePair<string, object?>("application", monitoring.Application), new KeyValuePair<string, object?>("database", FigureNames.Of(database)));
                }
            }
        }
    }
}
