namespace DualDb.Consistency.Events.Dispatching;

/// <summary>How one outbox stood when it was last looked at, and how its dispatcher is.</summary>
internal sealed class OutboxState(Database database)
{
    private Exception? _failure;
    private Exception? _writeFailure;
    private long _failedAt;

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

    /// <summary>What its last look or write failed with; null where both went well.</summary>
    public Exception? Failure => Volatile.Read(ref _failure) ?? Volatile.Read(ref _writeFailure);

    /// <summary>Since when its looks fail, as a timestamp of the clock.</summary>
    public long FailingSince => Volatile.Read(ref _failedAt);

    public void Fail(Exception failure, long now)
    {
        if (Interlocked.Exchange(ref _failure, failure) is null)
        {
            Volatile.Write(ref _failedAt, now);
        }
    }

    public void FailWriting(Exception? failure) => Volatile.Write(ref _writeFailure, failure);

    public void Succeed() => Volatile.Write(ref _failure, null);
}
