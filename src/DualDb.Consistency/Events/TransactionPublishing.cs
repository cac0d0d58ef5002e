using DualDb.Consistency.Events.Publishing;

namespace DualDb.Consistency.Events;

/// <summary>Publishes events in a transaction.</summary>
public static class TransactionPublishing
{
    /// <summary>
    /// Publishes an event with the data of the transaction: both are committed, or neither. Nothing is sent yet; the event travels with the commit. A rollback to a savepoint takes it back.
    /// </summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="transaction">The transaction, in either database.</param>
    /// <param name="domainEvent">What has happened.</param>
    /// <param name="key">Events of one key are handled in the order of their publication; none for no order.</param>
    /// <param name="after">How long after the commit it is handled at the earliest; null for at once. Delayed events are not ordered among those of their key.</param>
    /// <param name="headers">Texts that go along; null for none.</param>
    /// <returns>The event's id.</returns>
    /// <exception cref="EventRefusedException">The event, its key or its headers are too large, or cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    public static Guid Publish<TEvent>(
        this DatabaseTransaction transaction,
        TEvent domainEvent,
        EventKey key = default,
        TimeSpan? after = null,
        IReadOnlyDictionary<string, string>? headers = null)
        where TEvent : IDomainEvent<TEvent>
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var events = (TransactionEvents)transaction.PartOfCommit(static transaction => new TransactionEvents(transaction));
        var outgoing = OutgoingEvent.Of(domainEvent, key, after, headers, EventOptions.Of(transaction.Origin), transaction.Origin?.Clock ?? TimeProvider.System);
        events.Add(outgoing);
        return outgoing.Id;
    }
}
