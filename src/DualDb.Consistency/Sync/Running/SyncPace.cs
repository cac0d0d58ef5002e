using DualDb.Consistency.Sync.Applying;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Decides when to look again: soon after something was found, ever later while nothing is, and hardly at all where both databases are quiet and Neon may fall asleep.</summary>
internal sealed class SyncPace(SyncActivity activity, SyncOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestAfterFailure = TimeSpan.FromSeconds(15);

    private TimeSpan _next = Shortest;
    private TimeSpan _failure = TimeSpan.FromMilliseconds(100);

    /// <summary>Something was there: look again soon.</summary>
    /// <param name="source">Where it was made.</param>
    /// <param name="changes">What was applied.</param>
    /// <param name="now">When.</param>
    public void Found(Database source, IReadOnlyList<RowChange> changes, DateTimeOffset now)
    {
        activity.Raise();
        if (activity.Observer is { } observer)
        {
            foreach (var change in changes)
            {
                observer.Applied(source, Math.Max(0, (now - change.RecordedAt).TotalSeconds));
            }
        }

        (_next, _failure) = (Shortest, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Nothing was there, and something will be.</summary>
    public void KeepAwake() => activity.Raise();

    /// <summary>Whether the databases are left alone.</summary>
    public bool IsAsleep => options.SleepInterval > options.MaxPollInterval && activity.Idle >= options.SleepAfter;

    /// <summary>Waits until the next look is due, or something was written by this process, or has arrived.</summary>
    /// <param name="arrival">Ends when something arrives; null where nothing comes by itself.</param>
    /// <param name="stopping">Ends the waiting.</param>
    /// <returns>What ended it.</returns>
    public async Task<WakeCause> WaitForNextAsync(Task? arrival, CancellationToken stopping)
    {
        if (arrival is not null)
        {
            // What comes by itself is not looked for; what else is due is, and the lease has to last.
            return await WakeAsync(Min(options.MaxPollInterval, options.Lease / 3), stopping, arrival).ConfigureAwait(false);
        }

        var pause = IsAsleep ? options.SleepInterval : _next;
        _next = Min(_next * 2, options.MaxPollInterval);
        var cause = await WakeAsync(pause, stopping, arrival: null).ConfigureAwait(false);
        if (cause != WakeCause.Poll)
        {
            _next = Shortest;
        }

        return cause;
    }

    /// <summary>Waits, longer with each failure.</summary>
    public async Task PauseAfterFailureAsync(CancellationToken stopping)
    {
        await WaitAsync(_failure, stopping).ConfigureAwait(false);
        _failure = Min(_failure * 2, LongestAfterFailure);
    }

    /// <summary>Waits until the time is over, or something was written or carried by this process.</summary>
    public Task WaitAsync(TimeSpan pause, CancellationToken stopping) => WakeAsync(pause, stopping, arrival: null);

    private async Task<WakeCause> WakeAsync(TimeSpan pause, CancellationToken stopping, Task? arrival)
    {
        var next = activity.Next;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = Task.Delay(pause, clock, over.Token);
        var first = await Task.WhenAny(next, delay, arrival ?? next).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        return first == delay ? WakeCause.Poll : first == next ? WakeCause.Signal : WakeCause.Notify;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
