using DualDb.Consistency.Events.Publishing;
using DualDb.Consistency.Events.Schema;
using DualDb.Consistency.Schema;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Dispatches the events of one database, on this node's share of the keys.</summary>
internal sealed class OutboxDispatcher
{
    /// <summary>How long what was read may wait for a handler while there is no room for anything else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PostgresDatabase _database;
    private readonly EventOptions _options;
    private readonly ILogger _logger;
    private readonly OutboxSignal _signal;
    private readonly OutboxReader _reader;
    private readonly SlotLeases _leases;
    private readonly OutboxMaintenance _maintenance;
    private readonly OutboxPace _pace;
    private readonly InFlight _inFlight = new();
    private readonly BlockedKeys _blocked = new();
    private readonly OutboxWriter _writer;
    private readonly Routing _routing;
    private readonly IReadOnlyDictionary<string, HandlerLane> _lanes;
    private readonly HashSet<short> _unknown = [];
    private readonly CancellationTokenSource _ending = new();

    public OutboxDispatcher(PostgresDatabase database, EventDirectory directory, DeliveryRun run, EventOptions options, OutboxState state, IReadOnlyList<OutboxState> all, Action<EndedEvent> handled, ILogger logger)
    {
        var node = Guid.CreateVersion7();
        _database = database;
        _options = options;
        _logger = logger;
        _signal = OutboxSignal.Of(database);
        _reader = new OutboxReader(database);
        _leases = new SlotLeases(database, options, node);
        _pace = new OutboxPace(database, options);
        _writer = new OutboxWriter(database, new OutboxWrites(node), _blocked, _inFlight, state, handled, logger);
        _lanes = directory.All.GroupBy(static taker => taker.Name, StringComparer.Ordinal)
            .ToDictionary(static lane => lane.Key, lane => new HandlerLane(lane.First(), run, _blocked, directory.LimitOf(lane.Key), database.Clock, _ending.Token), StringComparer.Ordinal);
        _routing = new Routing(directory, _lanes, _blocked, _inFlight, _writer, database.Clock, logger);
        State = state;
        _maintenance = new OutboxMaintenance(database, directory, options, state, all, logger);
    }

    public OutboxState State { get; }

    /// <summary>
    /// How many deliveries of one handler are tried again at the same time, and found by one look beyond that: all together leave room for new events, however many handlers there are that do not come to
    /// what they have.
    /// </summary>
    private int MostRetries => Math.Max(1, _options.MaxInFlight / (2 * Math.Max(1, _lanes.Count)));

    /// <summary>Dispatches until it is told to stop, then lets what was begun end, and gives its leases back.</summary>
    /// <exception cref="SchemaVersionException">The schema is missing, or of another version.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        EventMeter.Watch(State);
        using var writing = new CancellationTokenSource();
        var writer = _writer.RunAsync(writing.Token);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var listener = OutboxListener.RunAsync(_database, _options, State, _signal, _logger, listening.Token);
        try
        {
            await DispatchAsync(stopping).ConfigureAwait(false);
        }
        finally
        {
            _signal.IsHandledHere = false;
            await _ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_lanes.Values.Select(static lane => lane.DrainAsync())).ConfigureAwait(false);
            writing.CancelAfter(TimeSpan.FromSeconds(5));
            _writer.Complete();
            await writer.ConfigureAwait(false);
            await GiveBackAsync().ConfigureAwait(false);
            await listening.CancelAsync().ConfigureAwait(false);
            await listener.ConfigureAwait(false);
            EventMeter.Forget(State);
        }
    }

    private async Task DispatchAsync(CancellationToken stopping)
    {
        var isChecked = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!isChecked)
                {
                    await SchemaInstallation.RequireAsync(_database, EventSchema.Module, stopping).ConfigureAwait(false);
                    isChecked = true;
                }

                await LookAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is DualDbException and not SchemaVersionException and not DualDbConfigurationException)
            {
                // The database is away; events wait where they are.
                State.Fail(exception, _database.Clock.GetTimestamp());
                EventLog.LookFailed(_logger, _database.Kind, exception);
                await _pace.PauseAfterFailureAsync(stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Looks once, and waits as long as nothing is to be expected.</summary>
    private async Task LookAsync(CancellationToken stopping)
    {
        var (published, changed) = (_signal.Next, _inFlight.Changed);
        if (_leases.DueIn <= TimeSpan.Zero)
        {
            await KeepLeasesAsync(stopping).ConfigureAwait(false);
        }

        await ReadBlockedAsync(stopping).ConfigureAwait(false);
        await _maintenance.RunWhereDueAsync(_leases, stopping).ConfigureAwait(false);
        var left = _inFlight.SlotsOfLostLeases();
        short[] slots = [.. _leases.Held.Where(lease => lease is { IsValid: true, IsLeaving: false } && !left.Contains(lease.Slot)).Select(static lease => lease.Slot)];
        var room = _inFlight.Room(_options.MaxInFlight, _options.MaxInFlightBytes / sizeof(char));
        room = room with { Retries = Math.Min(room.Retries, MostRetries) };
        if (!room.IsLeft)
        {
            await MakeRoomAsync(changed, stopping).ConfigureAwait(false);
            return;
        }

        if (slots.Length == 0)
        {
            await _pace.WaitAsync([changed], _leases.DueIn, stopping).ConfigureAwait(false);
            return;
        }

        var moment = _blocked.Moment;
        var page = await _reader.ReadAsync(slots, _inFlight.Events, _inFlight.Deliveries, _inFlight.Crowded(OutboxReader.MostOfKey), _inFlight.CrowdedHandlers(MostRetries), room, stopping).ConfigureAwait(false);

        // Said before it is waited for what comes next, which may take long.
        State.Succeed();
        if (Send(page, moment))
        {
            _pace.Found();
        }
        else if (_pace.MaySleep(page, _inFlight.IsEmpty))
        {
            await SleepAsync(page.NextDue, published, stopping).ConfigureAwait(false);
        }
        else
        {
            await _pace.WaitForNextAsync(left.Count > 0 ? [published, changed] : [published], page.NextDue, _leases.DueIn, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for room, and takes it from handlers that do not come to what they have. A single one has nobody to leave it to.</summary>
    private async Task MakeRoomAsync(Task changed, CancellationToken stopping)
    {
        if (_lanes.Count == 1)
        {
            await _pace.WaitAsync([changed], _leases.DueIn, stopping).ConfigureAwait(false);
            return;
        }

        foreach (var lane in _lanes.Values)
        {
            lane.Postpone(Patience);
        }

        var due = _leases.DueIn;
        await _pace.WaitAsync([changed], due < Patience / 4 ? due : Patience / 4, stopping).ConfigureAwait(false);
    }

    /// <returns>Whether anything was sent on its way.</returns>
    private bool Send(OutboxPage page, long moment)
    {
        var sent = page.Events.Count > 0;
        foreach (var delivery in page.Deliveries)
        {
            if (_leases.Of(delivery.Stored.Slot) is { } lease)
            {
                sent |= _routing.Send(delivery, lease, moment);
            }
        }

        foreach (var stored in page.Events)
        {
            if (_leases.Of(stored.Slot) is { } lease)
            {
                _routing.Send(stored, lease);
            }
        }

        return sent;
    }

    private async Task KeepLeasesAsync(CancellationToken stopping)
    {
        var used = _inFlight.Slots();
        short[] idle = [.. _leases.Held.Select(static lease => lease.Slot).Where(slot => !used.Contains(slot))];
        var fresh = await _leases.KeepAsync(idle, stopping).ConfigureAwait(false);
        _unknown.UnionWith(fresh.Select(static lease => lease.Slot));
        State.Leases = _leases.Held.Count;
        _signal.IsHandledHere = _leases.HasAll;
    }

    /// <summary>Before anything of new slots is read: what has failed there holds up what follows. Where the call fails, they are still to be asked for at the next look.</summary>
    private async Task ReadBlockedAsync(CancellationToken stopping)
    {
        if (_unknown.Count > 0)
        {
            foreach (var (handler, key) in await _reader.ReadBlockedAsync([.. _unknown], stopping).ConfigureAwait(false))
            {
                _blocked.Add(handler, key);
            }

            _unknown.Clear();
        }
    }

    /// <summary>Gives the leases back, since renewing them would keep the database awake, and looks again when something of this process, or a clock, says so.</summary>
    private async Task SleepAsync(TimeSpan? nextDue, Task published, CancellationToken stopping)
    {
        await _leases.ReleaseAsync(stopping).ConfigureAwait(false);
        (State.IsAsleep, State.Leases, _signal.IsHandledHere) = (true, 0, false);
        try
        {
            await _pace.SleepAsync([published], nextDue, stopping).ConfigureAwait(false);
        }
        finally
        {
            State.IsAsleep = false;
            State.Awake.Raise();
        }
    }

    private async Task GiveBackAsync()
    {
        if (State.IsAsleep || _leases.Held.Count == 0)
        {
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _leases.ReleaseAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DualDbException or OperationCanceledException or ObjectDisposedException)
        {
            // They expire.
        }
    }
}
