namespace DualDb.Consistency.Events;

/// <summary>A delivery that did not succeed: given up, waiting for its next attempt, or behind one of its key.</summary>
/// <param name="Source">The database whose outbox the event lies in.</param>
/// <param name="Id">Its number there.</param>
/// <param name="State">How it stands.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Event">The event, with its payload: that may be personal data.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FailureGroup">What failures of one cause have in common; null where it never failed.</param>
/// <param name="Error">What the last attempt failed with; null where it never failed.</param>
/// <param name="FailedAt">When, by the database's clock.</param>
/// <param name="NextAttemptAt">When it is due, where it is.</param>
public sealed record DeadLetter(
    Database Source,
    long Id,
    DeliveryState State,
    string Handler,
    PublishedEvent Event,
    int Attempts,
    string? FailureGroup,
    string? Error,
    DateTimeOffset? FailedAt,
    DateTimeOffset? NextAttemptAt);

/// <summary>How a delivery stands that did not succeed at once.</summary>
public enum DeliveryState
{
    /// <summary>It was given up; what follows of its key waits. An operator decides.</summary>
    Dead = 0,

    /// <summary>It will be tried again.</summary>
    Retrying,

    /// <summary>It waits behind another one of its key.</summary>
    Waiting,
}

/// <summary>Failures of one cause.</summary>
/// <param name="Source">The database.</param>
/// <param name="Handler">The handler.</param>
/// <param name="EventName">The event.</param>
/// <param name="Name">What they have in common, as <see cref="DeadLetter.FailureGroup"/> has it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="First">When the first of them failed.</param>
/// <param name="Last">When the last of them failed.</param>
public sealed record FailureGroup(Database Source, string Handler, string EventName, string? Name, long Count, DateTimeOffset? First, DateTimeOffset? Last);

/// <summary>What an operator did.</summary>
/// <param name="Source">The database.</param>
/// <param name="At">When, by the database's clock.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action"><c>replay</c>, <c>edit</c> or <c>discard</c>.</param>
/// <param name="DeliveryId">The delivery's number.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="EventName">The event's name.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Reason">Why; null where none was said.</param>
/// <param name="Payload">The payload before an edit, or of what was discarded.</param>
public sealed record DeadLetterAudit(
    Database Source, DateTimeOffset At, string Actor, string Action, long DeliveryId, Guid EventId, string EventName, string Handler, string? Reason, string? Payload)
{
    /// <summary>The record's number in its database.</summary>
    public long Id { get; init; }
}

/// <summary>Which deliveries.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>The database; null for both.</summary>
    public Database? Source { get; init; }

    /// <summary>How they stand; null for all. Dead at first.</summary>
    public DeliveryState? State { get; init; } = DeliveryState.Dead;

    /// <summary>The handler; null for all.</summary>
    public string? Handler { get; init; }

    /// <summary>The event's name; null for all.</summary>
    public string? EventName { get; init; }

    /// <summary>The key; null for all.</summary>
    public string? Key { get; init; }

    /// <summary>A text that the error holds, whatever the case of its letters; null for all.</summary>
    public string? ErrorText { get; init; }

    /// <summary>The group of failures, as <see cref="DeadLetter.FailureGroup"/> has it; null for all.</summary>
    public string? FailureGroup { get; init; }
}
