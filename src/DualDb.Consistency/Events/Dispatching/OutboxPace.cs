namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Decides when to look again: soon after something was found, ever later while nothing is, and hardly at all where the database may fall asleep.</summary>
internal sealed class OutboxPace(PostgresDatabase database, EventOptions options)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestAfterFailure = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _clock = database.Clock;
    private long _lastFound = database.Clock.GetTimestamp();
    private TimeSpan _next = Shortest;
    private TimeSpan _failure = TimeSpan.FromMilliseconds(100);

    /// <summary>Something was there: look again soon.</summary>
    public void Found()
    {
        _lastFound = _clock.GetTimestamp();
        _next = Shortest;
        _failure = TimeSpan.FromMilliseconds(100);
    }

    /// <summary>Whether the outbox may be left alone. Only Neon falls asleep by itself.</summary>
    public bool MaySleep(OutboxPage page, bool isIdle)
        => database.Kind == Database.Neon && isIdle && !page.IsAnythingPending && options.SleepInterval > options.MaxPollInterval
            && _clock.GetElapsedTime(_lastFound) >= options.SleepAfter && (page.NextDue is null || page.NextDue > options.SleepAfter);

    /// <summary>Waits until the next look is due, or something happens.</summary>
    public async Task WaitForNextAsync(IReadOnlyList<Task> wakes, TimeSpan? nextDue, TimeSpan leasesDue, CancellationToken stopping)
    {
        var pause = Min(Min(_next, leasesDue), nextDue ?? _next);
        _next = Min(_next * 2, options.MaxPollInterval);
        if (await WaitAsync(wakes, pause, stopping).ConfigureAwait(false))
        {
            Found();
        }
    }

    /// <summary>Leaves the outbox alone until something happens or is due.</summary>
    public async Task SleepAsync(IReadOnlyList<Task> wakes, TimeSpan? nextDue, CancellationToken stopping)
    {
        // What is due after the next look keeps nobody awake: with it, a database would be looked at for a minute out of every few.
        if (await WaitAsync(wakes, Min(options.SleepInterval, nextDue ?? options.SleepInterval), stopping).ConfigureAwait(false) || nextDue <= options.SleepInterval)
        {
            Found();
        }
    }

    /// <summary>Waits, longer with each failure, without an answer from the database.</summary>
    public async Task PauseAfterFailureAsync(CancellationToken stopping)
    {
        await WaitAsync([], _failure, stopping).ConfigureAwait(false);
        _failure = Min(_failure * 2, LongestAfterFailure);
    }

    /// <summary>Waits.</summary>
    /// <returns>Whether something happened before the time was over.</returns>
    public async Task<bool> WaitAsync(IReadOnlyList<Task> wakes, TimeSpan pause, CancellationToken stopping)
    {
        if (pause <= TimeSpan.Zero)
        {
            return false;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = Task.Delay(pause, _clock, over.Token);
        var first = await Task.WhenAny([.. wakes, delay]).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        return first != delay;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
