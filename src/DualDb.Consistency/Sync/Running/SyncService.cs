using DualDb.Consistency.Sync.Applying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Carries changes both ways, on any number of nodes.</summary>
internal sealed class SyncService : BackgroundService
{
    private readonly DatabaseSync _sync;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<SyncFlow> _flows;
    private readonly AlertWatch _alerts;

    public SyncService(DatabaseSync sync, ILogger logger)
    {
        _sync = sync;
        _logger = logger;
        _flows = [.. Flows()];
        Verification = new ScheduledVerification(sync, () => _flows.Any(static flow => flow.State is { IsHeld: true, Stopped: null }), sync.Clock, logger);
        _alerts = new AlertWatch(sync, [.. States], OwnConditions, logger);
    }

    /// <summary>How each direction stands.</summary>
    public IEnumerable<FlowState> States => _flows.Select(static flow => flow.State);

    public SyncOptions Options => _sync.Options;

    /// <summary>What compares both sides from time to time.</summary>
    public ScheduledVerification Verification { get; }

    /// <summary>Why it gave up; null while it runs.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its other services meanwhile.
        await Task.Yield();
        SyncMeter.Begin(_sync.Registry);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            await Task.WhenAll([.. _flows.Select(flow => RunAsync(flow.RunAsync, ending)), RunAsync(Verification.RunAsync, ending), RunAsync(_alerts.RunAsync, ending)]).ConfigureAwait(false);
        }
        finally
        {
            SyncMeter.End(_sync);
        }
    }

    /// <summary>All that is the matter, as this node knows it.</summary>
    public IEnumerable<SyncCondition> Conditions() => SyncCondition.Of(Verification).Concat(States.SelectMany(ConditionsOf));

    /// <summary>Those that are this node's to tell: of a direction that another node carries, that one does.</summary>
    public IEnumerable<SyncCondition> OwnConditions() => SyncCondition.Of(Verification).Concat(States.Where(static state => state.IsHeld || state.Failure is not null || state.Fault is not null).SelectMany(ConditionsOf));

    private IEnumerable<SyncCondition> ConditionsOf(FlowState state) => SyncCondition.Of(state, Options, _sync.Clock);

    // One that gives up takes the others along, so that the host learns of it.
    private async Task RunAsync(Func<CancellationToken, Task> run, CancellationTokenSource ending)
    {
        try
        {
            await run(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end.
        }
        catch (Exception exception)
        {
            Failure ??= exception;
            SyncLog.GaveUp(_logger, exception);
            await ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private IEnumerable<SyncFlow> Flows()
    {
        foreach (var source in new[] { Database.Neon, Database.Supabase })
        {
            var routes = Route.LeadingFrom(source, _sync.Registry.Maps);
            for (var part = 0; routes.Count > 0 && part < _sync.Options.Parts; part++)
            {
                var (from, to) = (_sync.Of(source), _sync.Of(DatabaseSync.Other(source)));
                yield return new SyncFlow(from, to, routes, part, _sync.Options, new SyncPace(_sync.Activity, _sync.Options, from.Clock), _logger);
            }
        }
    }
}
