using DualDb.Consistency.Sync.Alerts;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Raises an alert when something begins to be the matter, while it lasts, and when it is over. What a node has told of a direction is the next holder's to end.</summary>
/// <param name="sync">The synchronisation.</param>
/// <param name="states">How each part of each direction stands.</param>
/// <param name="conditions">What is the matter just now, as far as it is this node's to tell.</param>
/// <param name="logger">Is told of handlers that fail.</param>
internal sealed class AlertWatch(DatabaseSync sync, IReadOnlyList<FlowState> states, Func<IEnumerable<SyncCondition>> conditions, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(SyncAlertKind, Database?, string), (SyncCondition Condition, FlowState? Holder, long RaisedAt)> _raised = [];
    private readonly List<(SyncCondition Condition, bool IsResolved)> _unsaved = [];
    private Task _saving = Task.CompletedTask;

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, sync.Clock);
        do
        {
            Look(stopping);
            if (_saving.IsCompleted && _unsaved.Count > 0)
            {
                // No alert waits for a database that may be what it is about.
                _saving = SaveAsync(stopping);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    private void Look(CancellationToken stopping)
    {
        var now = sync.Clock.GetTimestamp();
        Inherit(now);
        var holding = new HashSet<(SyncAlertKind, Database?, string)>();
        foreach (var condition in conditions())
        {
            var holder = HolderOf(condition);
            if (holding.Add(condition.Key) && holder is not { IsInformed: false } && (!_raised.TryGetValue(condition.Key, out var last) || sync.Clock.GetElapsedTime(last.RaisedAt, now) >= sync.Options.AlertRepeat))
            {
                _raised[condition.Key] = (condition, holder, now);
                Raise(condition, holder, isResolved: false, stopping);
            }
        }

        foreach (var (key, (condition, holder, _)) in _raised.Where(raised => !holding.Contains(raised.Key)).ToList())
        {
            if (holder is { IsHeld: false })
            {
                // Its next holder tells.
                _raised.Remove(key);
            }
            else if (holder?.Knows(condition.Kind) != false)
            {
                _raised.Remove(key);
                Raise(condition, holder, isResolved: true, stopping);
            }
        }
    }

    private void Inherit(long now)
    {
        foreach (var state in states)
        {
            foreach (var (condition, age) in state.TakeRaised())
            {
                _raised.TryAdd(condition.Key, (condition, state, now - (long)(age.TotalSeconds * sync.Clock.TimestampFrequency)));
            }
        }
    }

    // Whether its maps are those that are recorded is a matter of the node.
    private FlowState? HolderOf(SyncCondition condition)
        => condition.Kind is SyncAlertKind.MapsDiffer ? null : states.FirstOrDefault(state => state.IsHeld && state.Source == condition.Source && state.Part == condition.Part);

    private void Raise(SyncCondition condition, FlowState? holder, bool isResolved, CancellationToken stopping)
    {
        sync.Alerts.Raise(new SyncAlert(condition.Kind, condition.Source, condition.Words, sync.Clock.GetUtcNow(), isResolved), sync.Clock, logger, stopping);
        if (holder is not null)
        {
            lock (_unsaved)
            {
                _unsaved.Add((condition, isResolved));
            }
        }
    }

    private async Task SaveAsync(CancellationToken stopping)
    {
        try
        {
            while (First() is var (condition, isResolved))
            {
                var source = condition.Source!.Value;
                var alerts = new RaisedAlerts(sync.Of(DatabaseSync.Other(source)), source);
                await (isResolved ? alerts.RemoveAsync(condition, stopping) : alerts.AddAsync(condition, stopping)).ConfigureAwait(false);
                lock (_unsaved)
                {
                    _unsaved.RemoveAt(0);
                }
            }
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException or ObjectDisposedException)
        {
            // At the next look again.
        }
    }

    private (SyncCondition Condition, bool IsResolved)? First()
    {
        lock (_unsaved)
        {
            return _unsaved.Count > 0 ? _unsaved[0] : null;
        }
    }
}
