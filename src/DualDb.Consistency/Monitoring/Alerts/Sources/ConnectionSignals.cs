using System.Globalization;
using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>Databases of which this node has hardly a connection left.</summary>
/// <param name="usedOf">The share of the connections to a database that are in use; null where none can be.</param>
/// <param name="options">Which share is too much.</param>
internal sealed class ConnectionSignals(Func<Database, double?> usedOf, AlertOptions options) : IAlertSource
{
    public IEnumerable<AlertSignal> Signals()
    {
        foreach (var database in new[] { Database.Neon, Database.Supabase })
        {
            if (usedOf(database) is { } used && used > options.MaxConnectionShare)
            {
                yield return new AlertSignal(
                    AlertRules.ConnectionsScarce, FigureNames.Of(database), string.Create(CultureInfo.InvariantCulture, $"Of the connections to {database} that a node may hold, {used * 100:0} % are in use. Find who holds them, or raise MaxPoolSize within what the server gives."));
            }
        }
    }
}
