using DualDb.Consistency.Monitoring;
using DualDb.Migrations;
using Microsoft.Extensions.Hosting;

namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>
/// Looks every minute how migrations stand: a run that broke off, wherever it ran, is told of also where nobody opens a page or asks a health check. A Neon that nobody uses is left asleep.
/// </summary>
/// <param name="runner">Knows how they stand; null where the root has none.</param>
/// <param name="monitoring">The root's monitoring.</param>
internal sealed class MigrationWatch(MigrationRunner? runner, DatabaseMonitoring monitoring) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (runner is null)
        {
            return;
        }

        // The host starts its other services meanwhile.
        await Task.Yield();
        long? lookedAt = null;
        var isHalfApplied = false;
        using var timer = new PeriodicTimer(Tick, monitoring.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if ((lookedAt is not { } at || monitoring.Time.GetElapsedTime(at) >= Every) && (isHalfApplied || !monitoring.Measurement.Neon.IsQuiet(monitoring.Options.ProbeNeonFor)))
            {
                // What is told of is looked at until it is over, whoever needs Neon meanwhile.
                isHalfApplied = await LookAsync(runner, stoppingToken).ConfigureAwait(false) ?? isHalfApplied;
                lookedAt = monitoring.Time.GetTimestamp();
            }
        }
    }

    /// <returns>Whether a run broke off between the databases; null where that could not be seen.</returns>
    private static async Task<bool?> LookAsync(MigrationRunner runner, CancellationToken stopping)
    {
        try
        {
            // Noted for the gauges, by which alerts go.
            return (await runner.StatusAsync(stopping).ConfigureAwait(false)).HalfApplied.Count > 0;
        }
        catch (DualDbException)
        {
            // A database is away, which other alerts tell of, or has no history yet.
            return null;
        }
    }
}
