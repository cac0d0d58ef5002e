using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Monitoring.Alerts.Sinks;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Monitoring.Running;
using DualDb.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Alerts;

/// <summary>Looks each second what is the matter, and has one node of the application tell of it.</summary>
internal sealed class AlertWatch(
    AlertSharing sharing, AlertEvaluation evaluation, IReadOnlyList<IAlertSource> sources, IReadOnlyList<IAlertSink> sinks, MonitoringClock clock, TimeProvider time, Database home, Redaction secrets, ILogger logger)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExchangeEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    private readonly ClockJumps _jumps = new(clock, time);
    private IReadOnlyList<AlertDelivery> _deliveries = [];
    private volatile Exchange _exchange = new(IsHolder: false, [], [], [], []);
    private IReadOnlyList<AlertSignal> _own = [];
    private bool _wasHolder;
    private bool _isFailing;
    private bool _isLookFailing;
    private long _purgedAt = time.GetTimestamp();

    /// <summary>What lasts just now: where this node evaluates, by itself; otherwise as another node has kept it when this one heard of it last.</summary>
    public IReadOnlyList<AlertState> Known => _wasHolder ? Firing : _exchange.Open;

    private IReadOnlyList<AlertState> Firing { get; set; } = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = new CancellationTokenSource();
        _deliveries = [.. sinks.Select(sink => new AlertDelivery(sink, time, logger))];
        var delivering = Task.WhenAll(_deliveries.Select(delivery => delivery.RunAsync(over.Token)));
        var exchanging = Task.Run(() => ShareAsync(ending.Token), CancellationToken.None);
        try
        {
            using var timer = new PeriodicTimer(Tick, time);
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                if (exchanging.IsFaulted)
                {
                    // Who no longer shares must not go on as if he did.
                    await exchanging.ConfigureAwait(false);
                }

                Volatile.Write(ref _own, Signals());
                await AttemptLookAsync(stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)exchanging).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FinishAsync(delivering, over).ConfigureAwait(false);
        }
    }

    // What was told is kept, so that nobody tells it again, and what is kept as told is delivered: nobody else does so for a quarter of an hour.
    private async Task FinishAsync(Task delivering, CancellationTokenSource over)
    {
        foreach (var delivery in _deliveries)
        {
            delivery.Complete();
        }

        var saving = _wasHolder ? SaveAsync(CancellationToken.None) : Task.CompletedTask;
        await Task.WhenAll(delivering, saving).WaitAsync(LastPatience, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync().ConfigureAwait(false);
        await delivering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Beside the looking: a database that hangs holds nothing up, and may be what is to be told of.
    private async Task ShareAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(ExchangeEvery, time);
        do
        {
            var (exchange, failure) = await sharing.RunAsync(Volatile.Read(ref _own), Patience, stopping).ConfigureAwait(false);

            // Silences are known to the home database alone: while it is away, those that were read last go on.
            _exchange = failure is null ? exchange : exchange with { Silences = _exchange.Silences };
            if (failure is not null && !_isFailing)
            {
                MonitoringLog.NotShared(logger, home, failure);
            }

            _isFailing = failure is not null;
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    // Whatever another node or a source has come up with: the next look is without it perhaps, and somebody has to be told of the rest.
    private async Task AttemptLookAsync(CancellationToken stopping)
    {
        try
        {
            await LookAsync(stopping).ConfigureAwait(false);
            _isLookFailing = false;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            if (!_isLookFailing)
            {
                MonitoringLog.NotEvaluated(logger, failure);
            }

            _isLookFailing = true;
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var exchange = _exchange;
        if (!exchange.IsHolder)
        {
            if (_wasHolder)
            {
                await HandOverAsync(stopping).ConfigureAwait(false);
            }

            return;
        }

        var (now, jump) = _jumps.Read();
        _wasHolder = true;
        evaluation.Shift(jump);
        evaluation.Remember(exchange.Recent, now);
        evaluation.Continue(exchange.Open, now);
        evaluation.Look(now, _own.Concat(exchange.Others), rule => exchange.Silences.Any(silence => silence.Until > now && (silence.Rule is null || string.Equals(silence.Rule, rule, StringComparison.Ordinal))));
        Firing = evaluation.Firing;
        foreach (var alert in evaluation.Told)
        {
            foreach (var delivery in _deliveries)
            {
                delivery.Give(alert);
            }
        }

        await SaveAsync(stopping).ConfigureAwait(false);
        await PurgeAsync(stopping).ConfigureAwait(false);
    }

    private IReadOnlyList<AlertSignal> Signals()
    {
        var signals = new List<AlertSignal>();
        foreach (var source in sources)
        {
            try
            {
                // They go to other hosts, and may repeat what a server or a driver has said.
                signals.AddRange(source.Signals().Select(Checked));
            }
            catch (Exception failure)
            {
                // One that is the application's own must not silence the others.
                MonitoringLog.SourceFailed(logger, source.GetType().Name, failure);
            }
        }

        return signals;
    }

    private AlertSignal Checked(AlertSignal signal)
        => signal is { Rule: not null, Subject: not null, Words: not null }
            ? signal with { Words = secrets.Clean(signal.Words) }
            : throw new InvalidOperationException("A signal has no rule, no subject or no words: give an empty subject where there is but one.");

    // While the home database was away, another one may have evaluated: what it has told of is not known there yet.
    private async Task HandOverAsync(CancellationToken stopping)
    {
        evaluation.Changed.AddRange(evaluation.Firing);
        await SaveAsync(stopping).ConfigureAwait(false);
        if (evaluation.Changed.Count == 0)
        {
            evaluation.Clear();
            (_wasHolder, Firing) = (false, []);
        }
        else
        {
            // Tried again with the next look.
            evaluation.Changed.Clear();
        }
    }

    private async Task SaveAsync(CancellationToken stopping)
    {
        if (evaluation.Changed.Count == 0 || sharing.Current is null)
        {
            return;
        }

        List<AlertState> changed = [.. evaluation.Changed];
        if (await AttemptAsync(
            async (store, token) =>
            {
                await store.SaveAsync(changed, token).ConfigureAwait(false);
                return changed;
            },
            stopping).ConfigureAwait(false) is not null)
        {
            evaluation.Changed.RemoveRange(0, changed.Count);
        }

    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        if (time.GetElapsedTime(_purgedAt) >= PurgeEvery)
        {
            _purgedAt = time.GetTimestamp();
            await AttemptAsync(
                static async (store, token) =>
                {
                    await store.PurgeAsync(token).ConfigureAwait(false);
                    return "";
                },
                stopping).ConfigureAwait(false);
        }
    }

    private async Task<T?> AttemptAsync<T>(Func<AlertStore, CancellationToken, Task<T>> work, CancellationToken stopping)
        where T : class
    {
        if (sharing.Current is not { } store)
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            return await work(store, ending.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // It is tried again with the next look; why the database cannot be used, the exchange with it tells.
            return null;
        }
    }
}
