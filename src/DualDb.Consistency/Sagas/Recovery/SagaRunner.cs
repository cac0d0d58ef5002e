using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Sagas.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sagas.Recovery;

/// <summary>
/// Looks at the journal for instances that nobody runs and somebody should: those whose node was lost, whose pause or wait is over, or that found no room. It asks as rarely as it may, so
/// that a Neon with nothing to do falls asleep.
/// </summary>
internal sealed class SagaRunner(SagaEngine engine)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly string[] _sagas = [.. engine.Definitions.Keys];
    private readonly string[] _hashes = [.. engine.Definitions.Values.Select(static definition => definition.Hash)];
    private readonly Purge _purge = new(engine);
    private TimeSpan _idle = engine.Options.Lease;
    private long _failingSince;

    /// <summary>Looks until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var woken = engine.Wakeups.Next;
            try
            {
                var pause = await LookAsync(stopping).ConfigureAwait(false);
                failures = 0;
                Failure = null;
                await WaitAsync(woken, pause, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (DualDbException exception)
            {
                SagaLog.JournalLost(engine.Logger, engine.Home.Kind, exception.Message);
                Failed(exception);
                failures = Math.Min(failures + 1, 6);
                await Task.Delay(PauseAfterFailure * Math.Pow(2, failures - 1), engine.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Takes what is due, as much as there is room for.</summary>
    /// <returns>How long the journal may be left alone.</returns>
    internal async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        engine.Wakeups.Looked();
        var taken = await TakeAsync(cancellationToken).ConfigureAwait(false);
        var outlook = await OutlookAsync(cancellationToken).ConfigureAwait(false);
        SagaMeter.Saw(engine, outlook);
        Outlook = outlook;
        await _purge.RunWhereDueAsync(cancellationToken).ConfigureAwait(false);

        // What runs on another node is due within a lease. What waits for longer is no reason to keep the database awake.
        _idle = taken > 0 || outlook.DueIn <= engine.Options.Lease ? engine.Options.Lease : Shorter(_idle * 2, engine.Options.IdleInterval);
        return outlook.DueIn is { } due ? Shorter(_idle, Longer(due, TimeSpan.Zero)) : _idle;
    }

    /// <summary>What the journal held when it was last looked at; null before that.</summary>
    public SagaOutlook? Outlook { get; private set; }

    /// <summary>Why the journal could not be reached the last time; null where it could.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>For how long it has not been reached.</summary>
    public TimeSpan FailingFor => Failure is null ? TimeSpan.Zero : engine.Time.GetElapsedTime(_failingSince);

    private void Failed(Exception exception)
    {
        if (Failure is null)
        {
            _failingSince = engine.Time.GetTimestamp();
        }

        Failure = exception;
    }

    private async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        var room = 0;
        while (room < engine.Options.MaxConcurrency && engine.Executor.TryReserve())
        {
            room++;
        }

        var taken = 0;
        try
        {
            if (room > 0)
            {
                var askedAt = engine.Time.GetTimestamp();
                foreach (var held in await engine.Journal.ClaimDueAsync(_sagas, _hashes, room, cancellationToken).ConfigureAwait(false))
                {
                    engine.Executor.Run(held, askedAt);
                    taken++;
                }
            }

            return taken;
        }
        finally
        {
            for (var unused = taken; unused < room; unused++)
            {
                engine.Executor.Unreserve();
            }
        }
    }

    /// <summary>Waits for the pause, for what comes due before it, or for room where there was none.</summary>
    private async Task WaitAsync(Task woken, TimeSpan pause, CancellationToken stopping)
    {
        var until = engine.Time.GetTimestamp() + (long)(pause.TotalSeconds * engine.Time.TimestampFrequency);
        var hadRoom = engine.Executor.FreeSlots > 0;
        while (true)
        {
            var next = hadRoom ? Math.Min(until, engine.Wakeups.DueAt) : engine.Executor.FreeSlots > 0 ? 0 : long.MaxValue;
            var left = next == long.MaxValue ? engine.Options.Lease : engine.Time.GetElapsedTime(engine.Time.GetTimestamp(), next);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await engine.Wakeups.WaitAsync(woken, left, stopping).ConfigureAwait(false);
            woken = engine.Wakeups.Next;
        }
    }

    private ValueTask<SagaOutlook> OutlookAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            engine.Home,
            "Looking for sagas",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(JournalSql.Outlook, connection);
                command.Parameters.Array(_sagas, NpgsqlDbType.Text);
                command.Parameters.Array(_hashes, NpgsqlDbType.Text);
                var rows = await command.ListAsync(static reader => new SagaOutlook(reader.SecondsOrNull(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)), token).ConfigureAwait(false);
                return rows[0];
            },
            cancellationToken);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
