using System.Globalization;
using DualDb.Consistency.Sagas.Recovery;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>What is the matter with sagas, by what the runner of this node has last read in the journal.</summary>
internal sealed class SagaSignals(SagaRunner runner) : IAlertSource
{
    public IEnumerable<AlertSignal> Signals()
    {
        if (runner.Outlook is not { } outlook)
        {
            yield break;
        }

        foreach (var (rule, count, words) in new[]
        {
            (AlertRules.CompensationFailed, outlook.CompensationFailed, "sagas have a compensation that was given up"),
            (AlertRules.SagasOverdue, outlook.Overdue, "sagas are beyond their deadline"),
            (AlertRules.SagasParked, outlook.Parked, "sagas are parked"),
        })
        {
            if (count > 0)
            {
                yield return new AlertSignal(rule, "", string.Create(CultureInfo.InvariantCulture, $"{count} {words}. See db.Sagas.Operations, or the dashboard."));
            }
        }
    }
}
