namespace DualDb.Consistency.Events;

/// <summary>An event that was given to all its handlers.</summary>
/// <param name="Published">The event as it was stored.</param>
/// <param name="Failures">What handlers failed with at the first attempt, by their names; empty where all went well. A handler that waits behind an earlier event of the key has null there.</param>
public sealed record DeliveredEvent(PublishedEvent Published, IReadOnlyDictionary<string, Exception?> Failures);

/// <summary>An event of a known type that was given to all its handlers.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
/// <param name="Event">The event.</param>
/// <param name="Delivery">How it went.</param>
public sealed record DeliveredEvent<TEvent>(TEvent Event, DeliveredEvent Delivery);
