using System.ComponentModel;
using DualDb.Consistency.Events.Dispatching;

namespace DualDb.Consistency.Events;

/// <summary>A handler of one event, as generated code lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandlerType
{
    private protected HandlerType(HandlerOptions options, Type handler, Type domainEvent)
    {
        Options = options;
        Handler = handler;
        Event = domainEvent;
    }

    /// <summary>How it is run.</summary>
    public HandlerOptions Options { get; }

    /// <summary>The class.</summary>
    public Type Handler { get; }

    /// <summary>The event.</summary>
    public Type Event { get; }

    /// <summary>A handler that is a service of the container.</summary>
    /// <typeparam name="THandler">The class.</typeparam>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="options">How it is run.</param>
    public static HandlerType Of<THandler, TEvent>(HandlerOptions options)
        where THandler : class, IEventHandler<TEvent>
        where TEvent : IDomainEvent<TEvent>
        => new HandlerType<THandler, TEvent>(options);

    /// <summary>What the dispatcher runs.</summary>
    /// <param name="events">The events of the project.</param>
    internal abstract Subscription Subscribe(IReadOnlyList<EventType> events);
}

/// <summary>How a handler is run, as its attribute says.</summary>
/// <param name="Name">The name under which deliveries are kept.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record HandlerOptions(string Name)
{
    /// <summary>The database whose transaction it is given; null for none.</summary>
    public Database? Target { get; init; }

    /// <summary>How often an event is tried before it is parked.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The pause before the second attempt.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between attempts.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events it handles at the same time on one node; 0 for as many as the dispatcher runs.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>How many events may share a transaction.</summary>
    public int BatchSize { get; init; } = 100;
}

/// <summary>A handler of a known class.</summary>
/// <typeparam name="THandler">The class.</typeparam>
/// <typeparam name="TEvent">The event.</typeparam>
internal sealed class HandlerType<THandler, TEvent>(HandlerOptions options) : HandlerType(options, typeof(THandler), typeof(TEvent))
    where THandler : class, IEventHandler<TEvent>
    where TEvent : IDomainEvent<TEvent>
{
    internal override Subscription Subscribe(IReadOnlyList<EventType> events)
        => new HandlerSubscription<THandler, TEvent>(Options, events.OfType<EventType<TEvent>>().FirstOrDefault() ?? new EventType<TEvent>(upgrade: null));
}
