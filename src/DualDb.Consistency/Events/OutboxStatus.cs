namespace DualDb.Consistency.Events;

/// <summary>How the outbox of a database stands.</summary>
/// <param name="Source">The database.</param>
/// <param name="Events">By event, ordered by name.</param>
public sealed record OutboxStatus(Database Source, IReadOnlyList<OutboxEventStatus> Events)
{
    /// <summary>How many events wait that nobody has handled yet, those that a node has taken included.</summary>
    public long Pending => Events.Sum(static one => one.Pending);

    /// <summary>How many of them a running node has taken.</summary>
    public long Processing => Events.Sum(static one => one.Processing);

    /// <summary>How many deliveries were given up.</summary>
    public long Dead => Events.Sum(static one => one.Dead);

    /// <summary>When the oldest was published that could have been handled; null for none.</summary>
    public DateTimeOffset? Oldest => Events.Min(static one => one.Oldest);
}

/// <summary>How the events of one name stand.</summary>
/// <param name="Name">The name.</param>
public sealed record OutboxEventStatus(string Name)
{
    /// <summary>How many wait that could be handled.</summary>
    public long Pending { get; init; }

    /// <summary>How many of them are of a key that a running node has leased.</summary>
    public long Processing { get; init; }

    /// <summary>How many were delayed when they were published.</summary>
    public long Scheduled { get; init; }

    /// <summary>How many deliveries failed and are tried again.</summary>
    public long Retrying { get; init; }

    /// <summary>How many deliveries wait behind another one of their key.</summary>
    public long Waiting { get; init; }

    /// <summary>How many deliveries were given up.</summary>
    public long Dead { get; init; }

    /// <summary>When the oldest was published that is neither delayed nor handled; null for none.</summary>
    public DateTimeOffset? Oldest { get; init; }
}
