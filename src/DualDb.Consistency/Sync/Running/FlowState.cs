namespace DualDb.Consistency.Sync.Running;

/// <summary>How a direction stands, as this node knows it.</summary>
/// <param name="source">Whose changes.</param>
/// <param name="part">Which part of the keys.</param>
/// <param name="clock">This node's clock.</param>
internal sealed class FlowState(Database source, int part, TimeProvider clock)
{
    public Database Source { get; } = source;

    public int Part { get; } = part;

    /// <summary>Whether this node carries it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Why it is stopped; null while it is not.</summary>
    public string? Stopped { get; set; }

    /// <summary>Why this node must leave the direction to others; null where it need not.</summary>
    public string? Fault { get; set; }

    /// <summary>The maps whose rows from before they were recorded nobody has copied.</summary>
    public IReadOnlyList<string> NeedingBackfill { get; set; } = [];

    /// <summary>What the last attempt failed with; null where it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>When it last did not fail, by this node's monotonic clock; null for never.</summary>
    public long? SucceededAt { get; private set; }

    /// <summary>How many changes are put aside.</summary>
    public long Parked { get; set; }

    /// <summary>How many changes wait in the log, of those that were counted.</summary>
    public long Pending { get; set; }

    /// <summary>How long the oldest change waits that is not applied.</summary>
    public TimeSpan OldestAge { get; set; }

    /// <summary>How long the oldest transaction writes that has not ended: what it has written cannot be read yet.</summary>
    public TimeSpan OldestWriter { get; set; }

    /// <summary>How many conflicts with its changes wait for a decision.</summary>
    public long OpenConflicts { get; set; }

    /// <summary>What is wrong with the capture of its changes.</summary>
    public IReadOnlyList<string> CaptureFaults { get; set; } = [];

    /// <summary>How many bytes of write-ahead log the slot holds back through which it is decoded; 0 where it is not.</summary>
    public long RetainedWal { get; set; }

    /// <summary>What is the matter with what the slot holds back; null for nothing.</summary>
    public string? SlotWarning { get; set; }

    /// <summary>How many of its changes were slow.</summary>
    public FlowLag Lag { get; } = new(clock);

    public void Succeed(long now) => (Failure, SucceededAt) = (null, now);

    public void Fail(Exception failure, long now)
    {
        Failure = failure;
        SucceededAt ??= now;
    }
}
