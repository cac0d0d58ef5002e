using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Verification;
using DualDb.Errors;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Compares both sides from time to time, on one of the nodes that carry changes.</summary>
/// <param name="sync">The synchronisation.</param>
/// <param name="isResponsible">Whether it may be this node's to do: one that holds a direction.</param>
/// <param name="clock">Whose intervals.</param>
/// <param name="logger">Is told of differences.</param>
internal sealed class ScheduledVerification(DatabaseSync sync, Func<bool> isResponsible, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ComparisonAfterPause _afterPause = new(sync, isResponsible, (report, reason, stopping) => KeepAsync(sync, logger, report, reason, stopping), clock, logger);

    // From the start, a comparison has its time.
    private long _comparedAt = clock.GetTimestamp();

    /// <summary>The last comparison of this node; null for none, and once another node has made a later one.</summary>
    public VerificationReport? Last { get; private set; }

    /// <summary>The last counts of this node; empty for none, and once another node has made later ones.</summary>
    public IReadOnlyList<CountComparison> Counts { get; private set; } = [];

    /// <summary>The maps that differed when they were compared after a pause.</summary>
    public IReadOnlyList<MapVerification> Altered => _afterPause.Found;

    /// <summary>Compares and counts until it is told to stop; returns at once where nothing of it is to be done.</summary>
    public Task RunAsync(CancellationToken stopping)
        => Task.WhenAll(RepeatAsync("the comparison", sync.Options.VerifyEvery, CompareDueAsync, () => Last = null, stopping), RepeatAsync("the counting", sync.Options.CountEvery, CountAsync, ForgetCounts, stopping), _afterPause.RunAsync(stopping));

    /// <summary>How long ago a comparison was made that was due, by this node or another; null where none are.</summary>
    public TimeSpan? Age => sync.Options.VerifyEvery is null ? null : clock.GetElapsedTime(Volatile.Read(ref _comparedAt));

    private async Task RepeatAsync(string task, TimeSpan? every, Func<CancellationToken, Task> work, Action forget, CancellationToken stopping)
    {
        if (every is not { } interval)
        {
            return;
        }

        // In Supabase, which does not sleep.
        var lease = new TaskLease(sync.Of(Database.Supabase), task, interval, sync.Options.Lease);

        // Ten times within an interval, whether it is over by the database's clock: a node that is started anew more often than that would never come to it otherwise.
        var pause = interval / 10 < LongestPause ? interval / 10 : LongestPause;
        using var timer = new PeriodicTimer(pause > SyncOptions.ShortestInterval ? pause : SyncOptions.ShortestInterval, clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            await AttemptAsync(lease, work, forget, stopping).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(TaskLease lease, Func<CancellationToken, Task> work, Action forget, CancellationToken stopping)
    {
        try
        {
            // What another node has found since is that one's to tell: what was found here may be repaired.
            if ((!isResponsible() || !await lease.RunAsync(work, stopping).ConfigureAwait(false)) && HasFound && await lease.IsDoneByOthersAsync(stopping).ConfigureAwait(false))
            {
                forget();
            }

            if (isResponsible() && work == CompareDueAsync)
            {
                // Done here, or not due since another has.
                Volatile.Write(ref _comparedAt, clock.GetTimestamp());
            }
        }
        catch (DualDbException failure)
        {
            // The next one is due soon enough; how old the last success is, the meter tells.
            SyncLog.VerificationFailed(logger, ServerWords.Loggable(failure));
        }
    }

    private bool HasFound => Last is not null || Counts.Count > 0;

    private void ForgetCounts()
    {
        Counts = [];
        if (sync.Options.VerifyEvery is null)
        {
            // It was made because of counts.
            Last = null;
        }
    }

    private Task CompareDueAsync(CancellationToken stopping) => CompareAsync(VerificationReason.Scheduled, stopping);

    private async Task CompareAsync(VerificationReason reason, CancellationToken stopping)
    {
        Last = await sync.VerifyAsync(cancellationToken: stopping).ConfigureAwait(false);
        _afterPause.Forget();
        SyncMeter.Verified(Last, clock.GetTimestamp(), clock);
        if (!Last.IsEqual)
        {
            SyncLog.Differs(logger, Last.Maps.Sum(static map => map.Differences.Count), string.Join(", ", Last.Maps.Where(static map => map.Differences.Count > 0).Select(static map => map.Map)));
        }

        foreach (var reference in Last.References.Where(static reference => reference.Orphans.Count > 0))
        {
            SyncLog.Orphans(logger, reference.Orphans.Count, reference.Reference);
        }

        await KeepAsync(sync, logger, Last, reason, stopping).ConfigureAwait(false);
    }

    private async Task CountAsync(CancellationToken stopping)
    {
        Counts = await sync.CompareCountsAsync(cancellationToken: stopping).ConfigureAwait(false);
        if (Counts.Any(static count => count.IsSuspicious))
        {
            await CompareAsync(VerificationReason.Counts, stopping).ConfigureAwait(false);
        }
    }

    // What was found is told whether it can be kept or not: the tables are missing until InstallAsync of this version was called.
    private static async Task KeepAsync(DatabaseSync sync, ILogger logger, VerificationReport report, VerificationReason reason, CancellationToken stopping)
    {
        try
        {
            await sync.Verifications.KeepAsync(report, reason, actor: null, stopping).ConfigureAwait(false);
        }
        catch (DualDbException failure)
        {
            SyncLog.NotKept(logger, failure);
        }
    }
}
