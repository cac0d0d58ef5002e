namespace DualDb.Consistency.Sagas.Running;

/// <summary>When this node has to look at the journal, and who waits for that.</summary>
internal sealed class Wakeups(TimeProvider time)
{
    private readonly Pulse _pulse = new(time);
    private long _dueAt = long.MaxValue;

    /// <summary>When this node has to look at the journal for one of its own; <see cref="long.MaxValue"/> for never.</summary>
    public long DueAt => Volatile.Read(ref _dueAt);

    /// <summary>Completes when there is something to look at, or room for it. Take it before looking, and wait for it afterwards.</summary>
    public Task Next => _pulse.Next;

    public void Beat() => _pulse.Beat();

    /// <summary>Waits for a beat, no longer than a pause.</summary>
    public Task WaitAsync(Task beat, TimeSpan pause, CancellationToken cancellationToken) => _pulse.WaitAsync(beat, pause, cancellationToken);

    /// <summary>Has the journal looked at after a while; null for when an event arrives.</summary>
    public void WakeIn(TimeSpan? dueIn)
    {
        if (dueIn is not { } pause)
        {
            return;
        }

        var at = time.GetTimestamp() + (long)(Math.Max(0, pause.TotalSeconds) * time.TimestampFrequency);
        long known;
        while ((known = Volatile.Read(ref _dueAt)) > at && Interlocked.CompareExchange(ref _dueAt, at, known) != known)
        {
        }

        Beat();
    }

    /// <summary>The journal is being looked at: what it says about the time to come replaces what was known.</summary>
    public void Looked() => Volatile.Write(ref _dueAt, long.MaxValue);
}
