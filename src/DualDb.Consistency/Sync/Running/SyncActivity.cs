namespace DualDb.Consistency.Sync.Running;

/// <summary>When anything was last carried either way, and who waits to hear of more.</summary>
internal sealed class SyncActivity(TimeProvider clock)
{
    private readonly Events.Signal _raised = new();
    private long _last = clock.GetTimestamp();

    /// <summary>Is told of what this node carries and compares; null for nobody.</summary>
    public ISyncObserver? Observer { get; set; }

    /// <summary>Is told of comparisons that somebody asked for in this process, and not of those that are due; null for nobody.</summary>
    public Action<Verification.VerificationReport>? Asked { get; set; }

    /// <summary>Completes when something was written, or carried.</summary>
    public Task Next => _raised.Next;

    public TimeSpan Idle => clock.GetElapsedTime(Volatile.Read(ref _last));

    public void Raise()
    {
        Volatile.Write(ref _last, clock.GetTimestamp());
        _raised.Raise();
    }
}
