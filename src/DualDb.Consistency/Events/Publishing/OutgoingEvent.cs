using System.Diagnostics;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>An event as it is written to the outbox.</summary>
/// <param name="Id">Its id: made here, and the same wherever the event goes.</param>
/// <param name="Name">The name of its type.</param>
/// <param name="Version">The version of the payload.</param>
/// <param name="Key">Its key; null for none.</param>
/// <param name="Payload">The payload as JSON text.</param>
/// <param name="Headers">What goes along, as a JSON object; null for nothing.</param>
/// <param name="After">How long after the commit it is due; null for at once.</param>
/// <param name="TraceParent">The W3C trace context of whoever publishes; null for none.</param>
/// <param name="TraceState">Its vendor part; null for none.</param>
internal sealed record OutgoingEvent(
    Guid Id, string Name, int Version, string? Key, string Payload, string? Headers, TimeSpan? After, string? TraceParent, string? TraceState)
{
    /// <summary>Encodes an event, and refuses what could not be stored or delivered.</summary>
    /// <exception cref="EventRefusedException">The payload, the key, a header or the delay is out of bounds.</exception>
    public static OutgoingEvent Of<TEvent>(
        TEvent domainEvent, EventKey key, TimeSpan? after, IReadOnlyDictionary<string, string>? headers, EventOptions options, TimeProvider clock)
        where TEvent : IDomainEvent<TEvent>
    {
        ArgumentNullException.ThrowIfNull(domainEvent);
        OutgoingRules.CheckKey(TEvent.EventName, key.Text, options);
        OutgoingRules.CheckDelay(TEvent.EventName, after);
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        return new OutgoingEvent(
            Guid.CreateVersion7(clock.GetUtcNow()),
            TEvent.EventName,
            TEvent.EventVersion,
            key.Text,
            EventEncoding.Encode(domainEvent, options.MaxEventBytes),
            HeaderText.Write(TEvent.EventName, headers, options),
            after > TimeSpan.Zero ? after : null,
            activity?.Id,
            Storable(activity));
    }

    // It comes from whoever called this process: a transaction must not fail by what cannot be stored of it.
    private static string? Storable(Activity? activity)
        => activity?.TraceStateString is { } state && OutgoingRules.IsText(state) && !state.Contains('\0', StringComparison.Ordinal) ? state : null;
}
