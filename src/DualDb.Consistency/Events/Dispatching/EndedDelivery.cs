namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What has ended and is to be written back.</summary>
/// <param name="Lease">The lease under which it was read.</param>
internal abstract record Ended(SlotLease Lease);

/// <summary>An event that was handed to all its handlers.</summary>
/// <param name="Lease">The lease under which it was read.</param>
/// <param name="Stored">The event.</param>
/// <param name="Outcomes">How it ended with each.</param>
internal sealed record EndedEvent(SlotLease Lease, StoredEvent Stored, IReadOnlyList<(string Handler, HandlerOptions Options, Outcome Outcome)> Outcomes) : Ended(Lease)
{
    public bool IsAbandoned => Outcomes.Any(static outcome => outcome.Outcome.Kind is OutcomeKind.Abandoned);
}

/// <summary>An attempt of one handler that failed, or that has to wait behind one. The event itself ends when all its handlers have.</summary>
/// <param name="Lease">The lease under which it was read.</param>
/// <param name="Stored">The event.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Options">How it is run.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record EndedFailure(SlotLease Lease, StoredEvent Stored, string Handler, HandlerOptions Options, Outcome Outcome) : Ended(Lease);

/// <summary>A delivery that was tried again.</summary>
/// <param name="Lease">The lease under which it was read.</param>
/// <param name="Delivery">The delivery.</param>
/// <param name="Options">How its handler is run.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record EndedDelivery(SlotLease Lease, StoredDelivery Delivery, HandlerOptions Options, Outcome Outcome) : Ended(Lease);
