using System.ComponentModel;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Events;

/// <summary>An event, as generated code lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventType
{
    private protected EventType(Type type, string name, int version, JsonMask? mask)
    {
        Type = type;
        Name = name;
        Version = version;
        Mask = mask;
    }

    /// <summary>The type.</summary>
    public Type Type { get; }

    /// <summary>The name under which it is stored.</summary>
    public string Name { get; }

    /// <summary>The version of its payload today.</summary>
    public int Version { get; }

    /// <summary>Makes sure that a stored event can be read.</summary>
    /// <exception cref="EventPayloadException">Its version or its payload cannot be.</exception>
    internal abstract void Check(PublishedEvent published);

    /// <summary>What of its payload nobody but the application is shown; null for nothing.</summary>
    internal JsonMask? Mask { get; }

    /// <summary>An event whose older payloads cannot be read.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    public static EventType Of<TEvent>()
        where TEvent : IDomainEvent<TEvent>
        => new EventType<TEvent>(upgrade: null);

    /// <summary>An event that reads older payloads too.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    public static EventType OfUpgradable<TEvent>()
        where TEvent : IDomainEvent<TEvent>, IUpgradableEvent<TEvent>
        => new EventType<TEvent>(static (version, payload) => TEvent.Upgrade(version, payload));
}

/// <summary>An event of a known type.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
internal sealed class EventType<TEvent>(Func<int, JsonElement, TEvent>? upgrade) : EventType(typeof(TEvent), TEvent.EventName, TEvent.EventVersion, TEvent.Mask)
    where TEvent : IDomainEvent<TEvent>
{
    internal override void Check(PublishedEvent published) => Decode(published);

    /// <summary>Reads a stored event.</summary>
    /// <exception cref="EventPayloadException">Its version or its payload cannot be read.</exception>
    public TEvent Decode(PublishedEvent published)
    {
        if (published.Version > Version || published.Version < 1 || (published.Version < Version && upgrade is null))
        {
            throw EventPayloadException.OtherVersion(published, Type, Version);
        }

        try
        {
            return published.Version == Version ? Read(published.Payload) : Upgrade(published);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw EventPayloadException.Malformed(published, Type, exception);
        }
    }

    private static TEvent Read(string payload)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(payload));
        reader.Read();
        return TEvent.Read(ref reader);
    }

    private TEvent Upgrade(PublishedEvent published)
    {
        using var document = JsonDocument.Parse(published.Payload);
        return upgrade!(published.Version, document.RootElement);
    }
}
