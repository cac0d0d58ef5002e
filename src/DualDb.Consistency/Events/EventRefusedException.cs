namespace DualDb.Consistency.Events;

/// <summary>An event cannot be published as it is. Nothing was sent.</summary>
/// <param name="eventName">The name of the event.</param>
/// <param name="reason">Why, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class EventRefusedException(string eventName, string reason, Exception? innerException = null)
    : DualDbException($"The event '{eventName}' cannot be published: {reason}", innerException)
{
    /// <summary>The name of the event.</summary>
    public string EventName { get; } = eventName;
}
