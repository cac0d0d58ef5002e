using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Verification;
using DualDb.Errors;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Compares both sides from time to time, on one of the nodes that carry changes.</summary>
internal sealed class ScheduledVerification
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly DatabaseSync _sync;
    private readonly Func<bool> _isResponsible;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ComparisonAfterPause _afterPause;
    private readonly AskedComparisons _asked;
    private readonly Lock _lock = new();
    private volatile VerificationReport? _last;
    private volatile IReadOnlyList<CountComparison> _counts = [];
    private long _comparedAt;

    /// <param name="sync">The synchronisation.</param>
    /// <param name="isResponsible">Whether it may be this node's to do: one that holds a direction.</param>
    /// <param name="clock">Whose intervals.</param>
    /// <param name="logger">Is told of differences.</param>
    public ScheduledVerification(DatabaseSync sync, Func<bool> isResponsible, TimeProvider clock, ILogger logger)
    {
        (_sync, _isResponsible, _clock, _logger) = (sync, isResponsible, clock, logger);
        _afterPause = new ComparisonAfterPause(sync, isResponsible, (report, reason, stopping) => KeepAsync(sync, logger, report, reason, stopping), clock, logger);
        _asked = new AskedComparisons(sync, clock.GetUtcNow());

        // From the start, a comparison has its time.
        _comparedAt = clock.GetTimestamp();
        sync.Activity.Asked = report =>
        {
            SyncMeter.Verified(sync, report, clock.GetTimestamp(), clock);
            Learn(report);
        };
    }

    /// <summary>The last comparison that this node has made or been told of; null for none, and once another node has made a later one that was due.</summary>
    public VerificationReport? Last => _last;

    /// <summary>The last counts of this node; empty for none, and once another node has made later ones.</summary>
    public IReadOnlyList<CountComparison> Counts => _counts;

    /// <summary>The maps that differed when they were compared after a pause.</summary>
    public IReadOnlyList<MapVerification> Altered => _afterPause.Found;

    /// <summary>Compares and counts until it is told to stop; returns at once where nothing of it is to be done.</summary>
    public Task RunAsync(CancellationToken stopping)
        => Task.WhenAll(RepeatAsync("the comparison", _sync.Options.VerifyEvery, CompareDueAsync, () => _last = null, stopping), RepeatAsync("the counting", _sync.Options.CountEvery, CountAsync, ForgetCounts, stopping), _afterPause.RunAsync(stopping));

    /// <summary>How long ago a comparison was made that was due, by this node or another; null where none are.</summary>
    public TimeSpan? Age => _sync.Options.VerifyEvery is null ? null : _clock.GetElapsedTime(Volatile.Read(ref _comparedAt));

    private async Task RepeatAsync(string task, TimeSpan? every, Func<CancellationToken, Task> work, Action forget, CancellationToken stopping)
    {
        if (every is not { } interval)
        {
            return;
        }

        // In Supabase, which does not sleep.
        var lease = new TaskLease(_sync.Of(Database.Supabase), task, interval, _sync.Options.Lease);

        // Ten times within an interval, whether it is over by the database's clock: a node that is started anew more often than that would never come to it otherwise.
        var pause = interval / 10 < LongestPause ? interval / 10 : LongestPause;
        using var timer = new PeriodicTimer(pause > SyncOptions.ShortestInterval ? pause : SyncOptions.ShortestInterval, _clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            await AttemptAsync(lease, work, forget, stopping).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(TaskLease lease, Func<CancellationToken, Task> work, Action forget, CancellationToken stopping)
    {
        try
        {
            foreach (var report in _isResponsible() ? await _asked.NextAsync(stopping).ConfigureAwait(false) : [])
            {
                Learn(report);
            }

            // What another node has found since is that one's to tell: what was found here may be repaired.
            if ((!_isResponsible() || !await lease.RunAsync(work, stopping).ConfigureAwait(false)) && HasFound && await lease.IsDoneByOthersAsync(stopping).ConfigureAwait(false))
            {
                forget();
            }

            if (_isResponsible() && work == CompareDueAsync)
            {
                // Done here, or not due since another has.
                Volatile.Write(ref _comparedAt, _clock.GetTimestamp());
            }
        }
        catch (DualDbException failure)
        {
            // The next one is due soon enough; how old the last success is, the meter tells.
            SyncLog.VerificationFailed(_logger, ServerWords.Loggable(failure));
        }
    }

    // One that began before what is known was made, and ended after it, tells of what was.
    private void Learn(VerificationReport report)
    {
        lock (_lock)
        {
            if (_last is { } last && last.StartedAt > report.StartedAt)
            {
                return;
            }

            var isWhole = _sync.Registry.Maps.All(map => report.Maps.Any(compared => string.Equals(compared.Map, map.Name, StringComparison.Ordinal)));
            _last = LaterComparison.Over(_last, report, isWhole);
            foreach (var map in report.Maps)
            {
                _afterPause.Forget(map.Map);
            }

            // Equal rows are as many.
            _counts = [.. _counts.Where(count => !report.Maps.Any(map => string.Equals(map.Map, count.Map, StringComparison.Ordinal) && map is { Differences.Count: 0, IsPartial: false }))];
            if (isWhole)
            {
                Volatile.Write(ref _comparedAt, _clock.GetTimestamp());
            }
        }
    }

    private bool HasFound => Last is not null || Counts.Count > 0;

    private void ForgetCounts()
    {
        _counts = [];
        if (_sync.Options.VerifyEvery is null)
        {
            // It was made because of counts.
            _last = null;
        }
    }

    private Task CompareDueAsync(CancellationToken stopping) => CompareAsync(VerificationReason.Scheduled, stopping);

    private async Task CompareAsync(VerificationReason reason, CancellationToken stopping)
    {
        var found = await _sync.CompareAsync(options: null, stopping).ConfigureAwait(false);
        _last = found;
        _afterPause.Forget();
        SyncMeter.Verified(_sync, found, _clock.GetTimestamp(), _clock);
        if (!found.IsEqual)
        {
            SyncLog.Differs(_logger, found.Maps.Sum(static map => map.Differences.Count), string.Join(", ", found.Maps.Where(static map => map.Differences.Count > 0).Select(static map => map.Map)));
        }

        foreach (var reference in found.References.Where(static reference => reference.Orphans.Count > 0))
        {
            SyncLog.Orphans(_logger, reference.Orphans.Count, reference.Reference);
        }

        await KeepAsync(_sync, _logger, found, reason, stopping).ConfigureAwait(false);
    }

    private async Task CountAsync(CancellationToken stopping)
    {
        _counts = await _sync.CompareCountsAsync(cancellationToken: stopping).ConfigureAwait(false);
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
