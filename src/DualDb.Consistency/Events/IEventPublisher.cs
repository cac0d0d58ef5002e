namespace DualDb.Consistency.Events;

/// <summary>
/// Takes events out of the application: to a broker, a webhook. Each event arrives at least once, those of one key in the order of their publication; <see cref="PublishedEvent.Id"/> tells
/// repetitions.
/// </summary>
public interface IEventPublisher
{
    /// <summary>The name under which deliveries are kept, unique among publishers and handlers.</summary>
    string Name { get; }

    /// <summary>Whether an event is for this publisher.</summary>
    /// <param name="eventName">The name under which the event is stored.</param>
    bool Takes(string eventName) => true;

    /// <summary>Hands the event over, and returns when it is safe there. What it throws counts as a failed attempt.</summary>
    /// <param name="published">The event.</param>
    /// <param name="cancellationToken">Fires when the time is up, and when the node shuts down.</param>
    Task PublishAsync(PublishedEvent published, CancellationToken cancellationToken);
}
