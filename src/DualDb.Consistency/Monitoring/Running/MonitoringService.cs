using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Running;

/// <summary>Probes both databases, and keeps what was measured.</summary>
internal sealed class MonitoringService(DatabaseMonitoring monitoring, AlertSharing sharing, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Purge = TimeSpan.FromMinutes(10);

    /// <summary>So long the home database may take: it must not hold up the next piece for long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>At the end there is no next piece, and what is not written is lost.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(15);

    private bool _isInstalled;
    private bool _isFailing;
    private long _purgedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its other services meanwhile.
        await Task.Yield();
        MonitoringMeter.Watch(monitoring);
        try
        {
            await Task.WhenAll([.. Probes().Select(probe => RunAsync(probe.RunAsync, stoppingToken)), RunAsync(KeepAsync, stoppingToken), RunAsync(monitoring.Watch!.RunAsync, stoppingToken)]).ConfigureAwait(false);
        }
        finally
        {
            MonitoringMeter.Forget(monitoring);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);

        // Each within a deadline of its own: a host whose time is up already still loses less by waiting for them.
        await sharing.LeaveAsync(CancellationToken.None).ConfigureAwait(false);

        // What the open piece holds would be lost otherwise.
        monitoring.Measurement.Neon.Account();
        monitoring.Measurement.Supabase.Account();
        monitoring.Cache.AddTo(monitoring.Own.Open);
        monitoring.Own.Advance(monitoring.Clock.Now + WindowPieces.Of(KpiWindow.Minute).Piece);
        await WriteAsync(cancellationToken.IsCancellationRequested ? Patience : LastPatience, CancellationToken.None).ConfigureAwait(false);
    }

    // Whatever it is: who no longer measures would show for weeks what was known last, and an application must not end for its monitoring's sake.
    private async Task RunAsync(Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The end.
            }
            catch (Exception failure)
            {
                MonitoringLog.Failed(logger, failure);
                await Task.Delay(Pause, monitoring.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private IEnumerable<DatabaseProbe> Probes()
        => [new DatabaseProbe(monitoring.Root.Neon, monitoring.Measurement.Neon, monitoring.Options), new DatabaseProbe(monitoring.Root.Supabase, monitoring.Measurement.Supabase, monitoring.Options)];

    private async Task KeepAsync(CancellationToken stopping)
    {
        await WriteAsync(Patience, stopping).ConfigureAwait(false);
        using var timer = new PeriodicTimer(Tick, monitoring.Time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            monitoring.Cache.AddTo(monitoring.Own.Open);
            monitoring.Measurement.Statements.Age();
            if (monitoring.Own.Advance(monitoring.Clock.Now))
            {
                await WriteAsync(Patience, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(TimeSpan patience, CancellationToken stopping)
    {
        var rollups = monitoring.Own.TakeUnwritten();
        using var deadline = new CancellationTokenSource(patience, monitoring.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            // Where nothing was measured, a home that sleeps is left alone.
            if (rollups.Count > 0 || !_isInstalled)
            {
                await WriteAsync(rollups, ending.Token).ConfigureAwait(false);
            }

            Tell(failure: null);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The last writing takes them.
            monitoring.Own.PutBack(rollups);
            throw;
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
        {
            monitoring.Own.PutBack(rollups);
            Tell(failure);
        }
    }

    private async Task WriteAsync(IReadOnlyList<Rollup> rollups, CancellationToken cancellationToken)
    {
        if (!_isInstalled)
        {
            await SchemaInstallation.RequireAsync(monitoring.Home, RollupSchema.Module, cancellationToken).ConfigureAwait(false);
            _isInstalled = true;
        }

        var began = monitoring.Time.GetTimestamp();
        var time = await monitoring.Store.WriteAsync(monitoring.Own.Node, rollups, cancellationToken).ConfigureAwait(false);
        if (monitoring.Clock.Set(time, monitoring.Time.GetElapsedTime(began)))
        {
            monitoring.Own.Restart(monitoring.Clock.Now);
        }

        if (_purgedAt == 0 || monitoring.Time.GetElapsedTime(_purgedAt) >= Purge)
        {
            await monitoring.Store.PurgeAsync(time, cancellationToken).ConfigureAwait(false);
            await monitoring.Folding.RunAsync(time, cancellationToken).ConfigureAwait(false);
            _purgedAt = monitoring.Time.GetTimestamp();
            await PurgeAuditAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Figures do not depend on it: an application that is older than the audit has not installed it.
    private async Task PurgeAuditAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (monitoring.Options.AuditRetention != Timeout.InfiniteTimeSpan)
            {
                await monitoring.Audit.PurgeAsync(monitoring.Options.AuditRetention, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DualDbException failure)
        {
            MonitoringLog.AuditNotPurged(logger, monitoring.Home.Kind, failure);
        }
    }

    private void Tell(Exception? failure)
    {
        if (failure is not null && !_isFailing)
        {
            MonitoringLog.NotKept(logger, monitoring.Home.Kind, failure);
        }
        else if (failure is null && _isFailing)
        {
            MonitoringLog.KeptAgain(logger, monitoring.Home.Kind);
        }

        _isFailing = failure is not null;
    }
}
