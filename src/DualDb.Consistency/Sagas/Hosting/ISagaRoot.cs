using System.ComponentModel;
using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas.Running;

namespace DualDb.Consistency.Sagas;

/// <summary>What a generated root implements that has sagas.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISagaRoot
{
    /// <summary>Its sagas.</summary>
    SagaSet Sagas { get; }
}

/// <summary>Hands an event to the sagas that wait for it; generated code lists it among the handlers of the event.</summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
/// <typeparam name="TEvent">The event.</typeparam>
/// <param name="root">The root.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SagaEventHandler<TRoot, TEvent>(TRoot root) : IEventHandler<TEvent>
    where TRoot : class, ISagaRoot
    where TEvent : IDomainEvent<TEvent>
{
    /// <inheritdoc/>
    public Task HandleAsync(TEvent domainEvent, EventContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        // No saga waits for an event without a key. In a transaction of its own, since only options know which database is home; that an event counts once is the journal's business.
        return context.Key is { } key ? root.Sagas.BringAsync(domainEvent, key, context.EventId, cancellationToken) : Task.CompletedTask;
    }
}
