using DualDb.Consistency.Events;
using DualDb.Errors;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Brings a typed event to the sagas of a root.</summary>
internal static class EventSignal
{
    /// <summary>Keeps it in the transaction, and wakes this node once that is committed.</summary>
    public static async Task BringAsync<TEvent>(SagaSet sagas, DatabaseTransaction transaction, TEvent domainEvent, string key, Guid eventId, CancellationToken cancellationToken)
        where TEvent : IDomainEvent<TEvent>
    {
        var payload = new SagaCodec<TEvent>(TEvent.EventName, TEvent.Write, static (ref System.Text.Json.Utf8JsonReader reader) => TEvent.Read(ref reader)).Encode(domainEvent);
        try
        {
            await Signals.BringAsync(transaction, eventId, TEvent.EventName, key, payload, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, transaction.Database, entity: null, "Bringing an event to sagas");
        }

        transaction.OnCommitted(() => sagas.Engine.Wakeups.WakeIn(TimeSpan.Zero));
    }
}
