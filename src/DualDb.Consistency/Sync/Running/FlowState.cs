using DualDb.Consistency.Sync.Alerts;

namespace DualDb.Consistency.Sync.Running;

/// <summary>How a direction stands, as this node knows it.</summary>
/// <param name="source">Whose changes.</param>
/// <param name="part">Which part of the keys.</param>
/// <param name="clock">This node's clock.</param>
internal sealed class FlowState(Database source, int part, TimeProvider clock)
{
    private static readonly TimeSpan LagTime = TimeSpan.FromMinutes(1);

    private IReadOnlyList<RaisedAlert> _raised = [];

    public Database Source { get; } = source;

    public int Part { get; } = part;

    /// <summary>Whether this node carries it.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Since when, by this node's monotonic clock.</summary>
    public long HeldAt { get; private set; }

    /// <summary>When its figures were last taken; null for never.</summary>
    public long? CountedAt { get; set; }

    /// <summary>When the capture of its changes was last looked at; null for never.</summary>
    public long? LookedAtCaptureAt { get; set; }

    /// <summary>Why it is stopped; null while it is not.</summary>
    public string? Stopped { get; set; }

    /// <summary>Why this node must leave the direction to others; null where it need not.</summary>
    public string? Fault { get; set; }

    /// <summary>The maps whose rows from before they were recorded nobody has copied.</summary>
    public IReadOnlyList<string> NeedingBackfill { get; set; } = [];

    /// <summary>What of its maps is paused, while this node carries it.</summary>
    public IReadOnlyList<MapPause> Pauses { get; set; } = [];

    /// <summary>What the last attempt failed with; null where it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>When it last did not fail, by this node's monotonic clock; null for never.</summary>
    public long? SucceededAt { get; private set; }

    /// <summary>How many changes of all parts are put aside; kept by the first part.</summary>
    public long Parked { get; set; }

    /// <summary>How many changes wait in the log, of those that were counted.</summary>
    public long Pending { get; set; }

    /// <summary>How long the oldest change waits that is not applied.</summary>
    public TimeSpan OldestAge { get; set; }

    /// <summary>How old the oldest change is that the log still holds, applied or not.</summary>
    public TimeSpan OldestKept { get; set; }

    /// <summary>How long the oldest transaction writes that has not ended: what it has written cannot be read yet.</summary>
    public TimeSpan OldestWriter { get; set; }

    /// <summary>How many conflicts with changes of all parts wait for a decision; kept by the first part.</summary>
    public long OpenConflicts { get; set; }

    /// <summary>What is wrong with the capture of its changes.</summary>
    public IReadOnlyList<string> CaptureFaults { get; set; } = [];

    /// <summary>How many bytes of write-ahead log the slot holds back through which it is decoded; 0 where it is not.</summary>
    public long RetainedWal { get; set; }

    /// <summary>What is the matter with what the slot holds back; null for nothing.</summary>
    public string? SlotWarning { get; set; }

    /// <summary>Whether changes arrive by themselves, through a connection that is kept open; otherwise its log is looked at.</summary>
    public bool IsListening { get; set; }

    /// <summary>How many of its changes were slow.</summary>
    public FlowLag Lag { get; } = new(clock);

    /// <summary>This node carries it from now on. What it knew of it from before may no longer be so.</summary>
    /// <param name="now">By its clock.</param>
    /// <param name="raised">What its last holder has told.</param>
    public void Hold(long now, IReadOnlyList<RaisedAlert> raised)
    {
        (Parked, Pending, OpenConflicts, OldestAge, OldestKept, OldestWriter, CaptureFaults) = (0, 0, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, []);
        (HeldAt, _raised, IsListening) = (now, raised, false);
        IsHeld = true;
    }

    /// <summary>Another node carries it, or nobody.</summary>
    public void Lose() => IsHeld = false;

    /// <summary>Whether what its last holder has told was taken over: before, nothing is told of it.</summary>
    public bool IsInformed => Volatile.Read(ref _raised).Count == 0;

    /// <summary>What its last holder has told, once it is held.</summary>
    public IReadOnlyList<RaisedAlert> TakeRaised() => IsHeld ? Interlocked.Exchange(ref _raised, []) : [];

    /// <summary>Whether enough was seen of it since it is held to say that something is over.</summary>
    public bool Knows(SyncAlertKind kind) => kind switch
    {
        SyncAlertKind.CaptureMissing => LookedAtCaptureAt >= HeldAt,
        SyncAlertKind.CarryingFails => SucceededAt >= HeldAt,
        SyncAlertKind.LagHigh => clock.GetElapsedTime(HeldAt) >= LagTime,
        SyncAlertKind.DirectionStopped or SyncAlertKind.BackfillNeeded or SyncAlertKind.MapsDiffer or SyncAlertKind.MapPaused => true,
        _ => CountedAt >= HeldAt,
    };

    public void Succeed(long now) => (Failure, SucceededAt) = (null, now);

    public void Fail(Exception failure, long now)
    {
        Failure = failure;
        SucceededAt ??= now;
    }
}
