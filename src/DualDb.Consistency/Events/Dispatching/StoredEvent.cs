namespace DualDb.Consistency.Events.Dispatching;

/// <summary>A row of the outbox, or of the deliveries, as it was read.</summary>
/// <param name="Number">Its number in the outbox: the order of publication.</param>
/// <param name="Slot">The part of the keys that it belongs to.</param>
/// <param name="Event">The event.</param>
internal sealed record StoredEvent(long Number, short Slot, PublishedEvent Event);

/// <summary>A delivery that did not succeed at once and is due again.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Handler">The name of the handler.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Stored">The event.</param>
internal sealed record StoredDelivery(long Id, string Handler, int Attempts, StoredEvent Stored);
