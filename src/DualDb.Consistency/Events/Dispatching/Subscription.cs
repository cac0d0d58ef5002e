namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Somebody who is given events: a handler of the project, or a publisher.</summary>
internal abstract class Subscription(HandlerOptions options)
{
    public HandlerOptions Options { get; } = options;

    public string Name => Options.Name;

    /// <summary>Whether events of that name are for it.</summary>
    public abstract bool Takes(string eventName);

    /// <summary>Handles one event.</summary>
    /// <exception cref="EventPayloadException">The payload cannot be read.</exception>
    public abstract Task HandleAsync(PublishedEvent published, EventContext context, IServiceProvider services, CancellationToken cancellationToken);
}

/// <summary>A publisher's.</summary>
internal sealed class PublisherSubscription(IEventPublisher publisher) : Subscription(new HandlerOptions(publisher.Name) { MaxAttempts = int.MaxValue, BatchSize = 1 })
{
    public override bool Takes(string eventName)
    {
        try
        {
            return publisher.Takes(eventName);
        }
        catch (Exception)
        {
            // Whether it is for the publisher is not known: its delivery tells.
            return true;
        }
    }

    public override Task HandleAsync(PublishedEvent published, EventContext context, IServiceProvider services, CancellationToken cancellationToken)
        => publisher.PublishAsync(published, cancellationToken);
}

/// <summary>A handler's, for one event.</summary>
internal sealed class HandlerSubscription<THandler, TEvent>(HandlerOptions options, EventType<TEvent> type) : Subscription(options)
    where THandler : class, IEventHandler<TEvent>
    where TEvent : IDomainEvent<TEvent>
{
    public override bool Takes(string eventName) => string.Equals(eventName, type.Name, StringComparison.Ordinal);

    public override Task HandleAsync(PublishedEvent published, EventContext context, IServiceProvider services, CancellationToken cancellationToken)
    {
        var domainEvent = type.Decode(published);
        var handler = (THandler?)services.GetService(typeof(THandler))
            ?? throw new InvalidOperationException($"The handler {typeof(THandler).Name} is not registered. Call the generated Add…Events, which registers all handlers, or add it to the container.");
        return handler.HandleAsync(domainEvent, context, cancellationToken);
    }
}
