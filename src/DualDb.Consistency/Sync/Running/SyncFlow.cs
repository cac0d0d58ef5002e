using DualDb.ChangeLog;
using DualDb.Consistency.Sync.Alerts;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Errors;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Carries one part of the changes of one database to the other, for as long as this node holds it.</summary>
internal sealed class SyncFlow
{
    private static readonly TimeSpan PauseInterval = TimeSpan.FromSeconds(1);

    private readonly PostgresDatabase _source;
    private readonly PostgresDatabase _target;
    private readonly int _part;
    private readonly SyncOptions _options;
    private readonly ILogger _logger;
    private readonly SyncFeed _feed;
    private readonly SyncApplier _applier;
    private readonly PositionLease _lease;
    private readonly SyncPace _pace;
    private readonly ParkedRetry _parked;
    private readonly LogCare _care;
    private readonly HistoryCheck _history;
    private readonly SlotWatch _slot;
    private readonly HeldMaps _held;
    private readonly RaisedAlerts _alerts;
    private bool _isIntroduced;

    public SyncFlow(PostgresDatabase source, PostgresDatabase target, IReadOnlyList<Route> routes, int part, SyncOptions options, SyncPace pace, ILogger logger)
    {
        _source = source;
        _target = target;
        _part = part;
        _options = options;
        _logger = logger;
        _pace = pace;
        _feed = new SyncFeed(source, routes, options.Parts, part, options.SourceOf(source.Kind));
        _applier = new SyncApplier(target, options.Patience);
        _lease = new PositionLease(target, source.Kind, routes, part, options);
        _parked = new ParkedRetry(target, source.Kind, part, _lease.Owner, options);
        State = new FlowState(source.Kind, part, source.Clock);
        _care = new LogCare(source, target, part, _lease.Owner, State, options);
        _history = new HistoryCheck(source, target);
        _alerts = new RaisedAlerts(target, source.Kind);
        _held = new HeldMaps(source, target, _applier, part, _lease.Owner, options);
        _slot = new SlotWatch(source, part, State, options.SourceOf(source.Kind));
    }

    public FlowState State { get; }

    /// <summary>Runs until it is told to stop.</summary>
    /// <exception cref="DualDbConfigurationException">It is not installed, or with other options.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        SyncMeter.Watch(State);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await TurnAsync(stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await GiveBackAsync().ConfigureAwait(false);
        }
        finally
        {
            await _feed.CloseAsync().ConfigureAwait(false);
            SyncMeter.Forget(State);
        }
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        try
        {
            var leased = await _lease.TakeAsync(stopping).ConfigureAwait(false);
            State.Stopped = leased?.Stopped ?? (leased is null ? State.Stopped : null);
            Tell(_lease.Fault);
            State.NeedingBackfill = _lease.NeedingBackfill;
            State.Pauses = leased?.Pauses ?? [];
            await HoldAsync(leased is not null, stopping).ConfigureAwait(false);
            if (leased is null or { Stopped: not null })
            {
                // What is decoded is for whoever carries it.
                await _feed.CloseAsync().ConfigureAwait(false);
                await _slot.RunWhereDueAsync(stopping).ConfigureAwait(false);
                if (leased is not null)
                {
                    await _care.CountWhereDueAsync(leased.Position, stopping).ConfigureAwait(false);
                }

                State.Succeed(_target.Clock.GetTimestamp());
                await _pace.WaitAsync(_options.Lease / 3, stopping).ConfigureAwait(false);
                return;
            }

            if (!_isIntroduced)
            {
                await _lease.IntroduceAsync(stopping).ConfigureAwait(false);
                _isIntroduced = true;
            }

            await FollowAsync(leased, stopping).ConfigureAwait(false);
        }
        catch (PositionLostException)
        {
            // Somebody else has moved it, or an operator has stopped it: the lease tells.
        }
        catch (RowMovedException)
        {
            // The page is read and weighed again.
        }
        catch (Exception exception) when (exception is DualDbException and not DualDbConfigurationException)
        {
            State.Fail(exception, _target.Clock.GetTimestamp());
            SyncLog.TurnFailed(_logger, _source.Kind, _target.Kind, ServerWords.Loggable(exception));
            await _pace.PauseAfterFailureAsync(stopping).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(LeasedPosition leased, CancellationToken stopping)
    {
        // Reading without finding anything is not written down: that would be a change of the target's, and wake it for nothing.
        var (saved, read) = (leased.Position, leased.Position);
        if (await _history.FaultAsync(leased, stopping).ConfigureAwait(false) is { } otherHistory)
        {
            await StopAsync(otherHistory, stopping).ConfigureAwait(false);
            return;
        }

        _held.Begin(leased);
        _feed.Carries = route => leased.Carried.Contains(route) && !_held.Contains(route);
        var isPaused = leased.Pauses.Count > 0;
        var began = _target.Clock.GetTimestamp();
        if (leased.Pauses.Any(static pause => pause.Until is not null))
        {
            // Somebody is at work, and what waits is due when he is done: this is no time to fall asleep.
            _pace.KeepAwake();
        }

        // Whether what is paused may go on is asked anew.
        while (_lease.IsValid && !(isPaused && _target.Clock.GetElapsedTime(began) >= PauseInterval))
        {
            FeedPage page;
            try
            {
                page = await _feed.ReadAsync(read, _options.PageSize, stopping).ConfigureAwait(false);
            }
            catch (SlotFaultException missing)
            {
                await StopAsync(missing.Message, stopping, keepsPosition: true).ConfigureAwait(false);
                return;
            }

            if (_history.FaultOf(page) is { } fault)
            {
                await StopAsync(fault, stopping).ConfigureAwait(false);
                return;
            }

            read = page.Page.Position;
            if (page.Page.Changes.Count > 0)
            {
                await ApplyAsync(page, saved, stopping).ConfigureAwait(false);
                saved = read;
            }

            State.Succeed(_target.Clock.GetTimestamp());

            // What is behind is caught up with a position between two readings.
            var isCatchingUp = saved.Reading is null && _held.Any;
            if (isCatchingUp && await CatchUpAsync(saved, stopping).ConfigureAwait(false) is { } heldFault)
            {
                await StopAsync(heldFault, stopping).ConfigureAwait(false);
                return;
            }

            if (!page.Page.HasMore)
            {
                await _parked.RunWhereDueAsync(leased.Carried, stopping).ConfigureAwait(false);
                saved = await _care.RunWhereDueAsync(saved, read, leased.Carried, stopping).ConfigureAwait(false);
                await _slot.RunWhereDueAsync(stopping).ConfigureAwait(false);
                await RestAsync(page.Changes.Count > 0 || isCatchingUp, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task ApplyAsync(FeedPage page, ChangeLogPosition saved, CancellationToken stopping)
    {
        // Of what only a cache needs, nothing is left to apply: but whoever waits for the other side waits for the position.
        (long Id, DateTimeOffset RecordedAt)? last = page.Changes.Count > 0 ? (page.Changes[^1].Id, page.Changes[^1].RecordedAt) : null;
        var applied = await _applier.ApplyAsync(page.Changes, new PositionMove(_lease.Owner, _source.Kind, _part, saved, page.Page.Position, last), stopping).ConfigureAwait(false);
        Count(page, applied);
    }

    /// <returns>Why the direction has to stop; null where it has not.</returns>
    private async Task<string?> CatchUpAsync(ChangeLogPosition saved, CancellationToken stopping)
    {
        foreach (var route in _held.Routes)
        {
            var (page, applied) = await _held.StepAsync(route, saved, stopping).ConfigureAwait(false);
            if (page is not null && _history.FaultOf(page) is { } fault)
            {
                return fault;
            }

            if (applied is not null)
            {
                Count(page!, applied);
            }
        }

        return null;
    }

    private void Count(FeedPage page, AppliedPage applied)
    {
        var now = applied.AppliedAt;
        SyncMeter.Applied(applied, page.Changes, now);
        if (page.Changes.Count == 0)
        {
            return;
        }

        State.Lag.Add(page.Changes.Count, page.Changes.Count(change => now - change.RecordedAt > _options.MaxLag));
        _pace.Found(_source.Kind, page.Changes, now);
        _care.Applied();
        if (applied.Parked > 0)
        {
            SyncLog.Parked(_logger, applied.Parked, _source.Kind, _target.Kind);
        }
    }

    // Both sides are left alone together: looking for what is put aside asks the target.
    private async Task RestAsync(bool isBusy, CancellationToken stopping)
    {
        if (isBusy)
        {
            return;
        }

        if (_feed.Arrival is null && _pace.IsAsleep)
        {
            await GiveBackAsync().ConfigureAwait(false);
        }

        State.IsListening = _feed.Arrival is not null;
        SyncMeter.Woken(State, await _pace.WaitForNextAsync(_feed.Arrival, stopping).ConfigureAwait(false));
    }

    private async Task HoldAsync(bool isHeld, CancellationToken stopping)
    {
        if (!isHeld)
        {
            State.Lose();
        }
        else if (!State.IsHeld)
        {
            var raised = await _alerts.FindAsync(_part, stopping).ConfigureAwait(false);
            State.Hold(_target.Clock.GetTimestamp(), raised);
        }
    }

    private void Tell(string? fault)
    {
        if (fault is not null && !string.Equals(fault, State.Fault, StringComparison.Ordinal))
        {
            SyncLog.LeftToOthers(_logger, _source.Kind, _target.Kind, fault);
        }

        State.Fault = fault;
    }

    private async Task StopAsync(string why, CancellationToken stopping, bool keepsPosition = false)
    {
        await _lease.StopAsync(why, keepsPosition, stopping).ConfigureAwait(false);
        State.Stopped = why;
        SyncLog.Stopped(_logger, _source.Kind, _target.Kind, why);
    }

    private async Task GiveBackAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _lease.ReleaseAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DualDbException or OperationCanceledException or ObjectDisposedException)
        {
            // It expires.
        }
    }
}
