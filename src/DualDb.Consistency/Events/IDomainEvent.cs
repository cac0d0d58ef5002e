using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Events;

/// <summary>What the generated part of an event implements.</summary>
/// <typeparam name="TSelf">The event.</typeparam>
public interface IDomainEvent<TSelf>
    where TSelf : IDomainEvent<TSelf>
{
    /// <summary>The name under which the event is stored.</summary>
    static abstract string EventName { get; }

    /// <summary>The version of the payload that <see cref="Write"/> writes.</summary>
    static abstract int EventVersion { get; }

    /// <summary>Writes the payload: one JSON object.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The event.</param>
    static abstract void Write(Utf8JsonWriter writer, TSelf value);

    /// <summary>Reads a payload of the current version. Members it does not know are passed over.</summary>
    /// <param name="reader">Stands on the first token of the payload; afterwards on its last.</param>
    /// <exception cref="JsonException">The payload is none of this event: a member is missing, or of another type.</exception>
    static abstract TSelf Read(ref Utf8JsonReader reader);

    /// <summary>What of the payload nobody but the application is shown; null for nothing.</summary>
    static virtual JsonMask? Mask => null;
}

/// <summary>Implemented by an event whose older payloads have to be translated. The generator finds it by itself.</summary>
/// <typeparam name="TSelf">The event.</typeparam>
public interface IUpgradableEvent<TSelf>
    where TSelf : IUpgradableEvent<TSelf>
{
    /// <summary>Makes today's event of an older payload.</summary>
    /// <param name="version">The version of the payload, below that of the attribute.</param>
    /// <param name="payload">The payload as it was stored.</param>
    static abstract TSelf Upgrade(int version, JsonElement payload);
}
