using System.ComponentModel;

namespace DualDb.Consistency.Events;

/// <summary>The events and handlers of a project, as generated code lists them.</summary>
/// <param name="events">The events.</param>
/// <param name="handlers">Their handlers: one entry per class and event.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventRegistry(IReadOnlyList<EventType> events, IReadOnlyList<HandlerType> handlers)
{
    /// <summary>The events.</summary>
    public IReadOnlyList<EventType> Events { get; } = events;

    /// <summary>Their handlers.</summary>
    public IReadOnlyList<HandlerType> Handlers { get; } = handlers;
}
