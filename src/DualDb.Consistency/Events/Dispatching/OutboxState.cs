namespace DualDb.Consistency.Events.Dispatching;

/// <summary>How one outbox stood when it was last looked at, and how its dispatcher is.</summary>
internal sealed class OutboxState(Database database)
{
    private Exception? _failure;
    private Exception? _writeFailure;
    private long _failedAt;
    private long _writeFailedAt;

    public Database Database { get; } = database;

    public long Pending { get; set; }

    public TimeSpan OldestAge { get; set; }

    public long Dead { get; set; }

    /// <summary>When the oldest event that is not handled everywhere was published; null where there is none.</summary>
    public DateTimeOffset? OldestUnfinished { get; set; }

    /// <summary>Whether the figures were ever taken.</summary>
    public bool IsKnown { get; set; }

    public int Leases { get; set; }

    /// <summary>Whether it leaves the outbox alone, so that the database can fall asleep.</summary>
    public bool IsAsleep { get; set; }

    /// <summary>Raised when it no longer leaves the outbox alone.</summary>
    public Signal Awake { get; } = new();

    /// <summary>Whether notifications of other processes arrive.</summary>
    public bool IsListening { get; set; }

    /// <summary>Whether they should and do not: the connection was lost. Behind a pooler nobody listens, and nothing is lost.</summary>
    public bool IsListenerLost { get; set; }

    /// <summary>What its last look or write failed with; null where both went well.</summary>
    public Exception? Failure => Volatile.Read(ref _failure) ?? Volatile.Read(ref _writeFailure);

    /// <summary>Since when its looks fail, or else its writes, as a timestamp of the clock.</summary>
    public long FailingSince => Volatile.Read(ref _failure) is not null ? Volatile.Read(ref _failedAt) : Volatile.Read(ref _writeFailedAt);

    public void Fail(Exception failure, long now) => Fail(ref _failure, ref _failedAt, failure, now);

    public void FailWriting(Exception failure, long now) => Fail(ref _writeFailure, ref _writeFailedAt, failure, now);

    public void Succeed() => Volatile.Write(ref _failure, null);

    public void SucceedWriting() => Volatile.Write(ref _writeFailure, null);

    // The moment first: whoever sees the failure asks for it.
    private static void Fail(ref Exception? known, ref long since, Exception failure, long now)
    {
        if (Volatile.Read(ref known) is null)
        {
            Volatile.Write(ref since, now);
        }

        Volatile.Write(ref known, failure);
    }
}
