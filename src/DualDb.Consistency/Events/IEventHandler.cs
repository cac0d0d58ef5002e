namespace DualDb.Consistency.Events;

/// <summary>
/// Handles an event. A class that implements it is found at compile time and registered as a transient service by the generated <c>Add…Events</c>; one class may handle several events.
/// </summary>
/// <typeparam name="TEvent">The event.</typeparam>
public interface IEventHandler<in TEvent>
{
    /// <summary>
    /// Handles one event. What is written by <see cref="EventContext.Neon"/> or <see cref="EventContext.Supabase"/> takes effect exactly once; anything else may be done again after a
    /// crash, and takes <see cref="EventContext.IdempotencyKey"/> along.
    /// </summary>
    /// <param name="domainEvent">The event.</param>
    /// <param name="context">The delivery: the transaction, the key, the attempt.</param>
    /// <param name="cancellationToken">Fires when the handler's time is up, and when the node shuts down.</param>
    Task HandleAsync(TEvent domainEvent, EventContext context, CancellationToken cancellationToken);
}
