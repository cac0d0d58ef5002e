using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>Databases that do not answer this node.</summary>
internal sealed class DatabaseSignals(CallMeasurement measurement) : IAlertSource
{
    public IEnumerable<AlertSignal> Signals()
        => new[] { Database.Neon, Database.Supabase }
            .Where(database => measurement.Of(database).IsUp == false)
            .Select(static database => new AlertSignal(AlertRules.DatabaseDown, FigureNames.Of(database), $"{database} does not answer. Look at its state and at the network."));
}
