namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What one look at an outbox found.</summary>
/// <param name="Events">Events that nobody has begun on.</param>
/// <param name="Deliveries">Deliveries that are due again.</param>
/// <param name="NextDue">How long until the next delayed event or delivery is due; null where there is none.</param>
/// <param name="IsAnythingPending">Whether events wait in any slot, also of a node that has died and not yet lost its lease.</param>
internal sealed record OutboxPage(IReadOnlyList<StoredEvent> Events, IReadOnlyList<StoredDelivery> Deliveries, TimeSpan? NextDue, bool IsAnythingPending);
