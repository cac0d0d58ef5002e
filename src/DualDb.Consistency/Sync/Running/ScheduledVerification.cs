using DualDb.Consistency.Sync.Verification;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Compares both sides from time to time, on the node that carries the changes.</summary>
/// <param name="sync">The synchronisation.</param>
/// <param name="isResponsible">Whether it is this node's to do: one that holds a direction.</param>
/// <param name="clock">Whose intervals.</param>
/// <param name="logger">Is told of differences.</param>
internal sealed class ScheduledVerification(DatabaseSync sync, Func<bool> isResponsible, TimeProvider clock, ILogger logger)
{
    /// <summary>The last comparison of this node; null for none.</summary>
    public VerificationReport? Last { get; private set; }

    /// <summary>Compares until it is told to stop; returns at once where nothing is to be compared.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (sync.Options.VerifyEvery is not { } interval)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            if (isResponsible())
            {
                await CompareAsync(stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task CompareAsync(CancellationToken stopping)
    {
        try
        {
            Last = await sync.VerifyAsync(cancellationToken: stopping).ConfigureAwait(false);
            SyncMeter.Verified(Last, clock.GetTimestamp(), clock);
            if (!Last.IsEqual)
            {
                SyncLog.Differs(logger, Last.Maps.Sum(static map => map.Differences.Count), string.Join(", ", Last.Maps.Where(static map => map.Differences.Count > 0).Select(static map => map.Map)));
            }
        }
        catch (DualDbException failure)
        {
            // The next one is due soon enough; how old the last success is, the meter tells.
            SyncLog.VerificationFailed(logger, failure);
        }
    }
}
