namespace DualDb.Consistency.Events.Dispatching;

/// <summary>An event on its way to one subscription.</summary>
/// <param name="Stored">The event.</param>
/// <param name="To">The subscription.</param>
/// <param name="Attempts">How often it was tried before.</param>
/// <param name="Lease">The lease under which it was read.</param>
/// <param name="End">Is told how it ended, once.</param>
internal sealed record Delivery(StoredEvent Stored, Subscription To, int Attempts, SlotLease Lease, Action<Delivery, Outcome> End)
{
    public string? Key => Stored.Event.Key;

    /// <summary>Whether it has a row of its own, since it did not succeed at once.</summary>
    public bool IsRetry { get; init; }

    /// <summary>Whether it shares no transaction: a batch with it has failed.</summary>
    public bool IsAlone { get; init; }
}
