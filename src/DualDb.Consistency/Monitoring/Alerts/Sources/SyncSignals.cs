using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>What is the matter with the directions that this node carries.</summary>
internal sealed class SyncSignals(SyncService service) : IAlertSource
{
    public IEnumerable<AlertSignal> Signals() => Conditions().Concat(Overdue());

    private IEnumerable<AlertSignal> Overdue()
    {
        if (service.Options.VerifyEvery is { } every && service.Verification.Age > 2 * every && service.States.Any(static state => state.IsHeld))
        {
            yield return new AlertSignal(AlertRules.VerificationOverdue, "", $"Both sides should be compared every {every}, and were not for twice as long. The log of the nodes says why.");
        }
    }

    private IEnumerable<AlertSignal> Conditions()
        => service.OwnConditions().Select(static condition => new AlertSignal(
            RuleOf(condition.Kind), condition.Subject.Length > 0 ? condition.Subject : condition.Source is { } source ? FigureNames.Of(source) : condition.Kind.ToString(), condition.Words));

    internal static string RuleOf(SyncAlertKind kind) => kind switch
    {
        SyncAlertKind.DirectionStopped => AlertRules.SyncStopped,
        SyncAlertKind.CarryingFails => AlertRules.SyncFailing,
        SyncAlertKind.RowsParked => AlertRules.RowsParked,
        SyncAlertKind.ConflictsWait => AlertRules.ConflictsOpen,
        SyncAlertKind.LagHigh => AlertRules.SyncLag,
        SyncAlertKind.ChangesWait => AlertRules.ChangesWait,
        SyncAlertKind.LogTooLong => AlertRules.LogTooLong,
        SyncAlertKind.LogOutgrown => AlertRules.LogOutgrown,
        SyncAlertKind.TransactionOpen => AlertRules.HorizonStalled,
        SyncAlertKind.CaptureMissing => AlertRules.CaptureMissing,
        SyncAlertKind.WalRetained => AlertRules.SlotAtRisk,
        SyncAlertKind.MapsDiffer or SyncAlertKind.BackfillNeeded or SyncAlertKind.MapPaused => AlertRules.MapsWait,
        SyncAlertKind.RowsDiffer or SyncAlertKind.OrphansFound or SyncAlertKind.CountsDiffer => AlertRules.RowsDiffer,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No rule tells of it."),
    };
}
