using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Raises an alert when something begins to be the matter, while it lasts, and when it is over.</summary>
/// <param name="sync">The synchronisation.</param>
/// <param name="conditions">What is the matter just now, as far as it is this node's to tell.</param>
/// <param name="logger">Is told of handlers that fail.</param>
internal sealed class AlertWatch(DatabaseSync sync, Func<IEnumerable<SyncCondition>> conditions, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(SyncAlertKind, Database?, int), (SyncCondition Condition, long RaisedAt)> _raised = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, sync.Clock);
        do
        {
            Look(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    private void Look(CancellationToken stopping)
    {
        var (now, holding) = (sync.Clock.GetTimestamp(), new HashSet<(SyncAlertKind, Database?, int)>());
        foreach (var condition in conditions())
        {
            var key = (condition.Kind, condition.Source, condition.Part);
            if (holding.Add(key) && (!_raised.TryGetValue(key, out var last) || sync.Clock.GetElapsedTime(last.RaisedAt, now) >= sync.Options.AlertRepeat))
            {
                _raised[key] = (condition, now);
                Raise(condition, isResolved: false, stopping);
            }
        }

        foreach (var (key, (condition, _)) in _raised.Where(raised => !holding.Contains(raised.Key)).ToList())
        {
            _raised.Remove(key);
            Raise(condition, isResolved: true, stopping);
        }
    }

    private void Raise(SyncCondition condition, bool isResolved, CancellationToken stopping)
        => sync.Alerts.Raise(new SyncAlert(condition.Kind, condition.Source, condition.Words, sync.Clock.GetUtcNow(), isResolved), sync.Clock, logger, stopping);
}
