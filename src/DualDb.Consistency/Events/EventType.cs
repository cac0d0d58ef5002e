using System.ComponentModel;
using System.Text.Json;

namespace DualDb.Consistency.Events;

/// <summary>An event, as generated code lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventType
{
    private protected EventType(Type type, string name, int version)
    {
        Type = type;
        Name = name;
        Version = version;
    }

    /// <summary>The type.</summary>
    public Type Type { get; }

    /// <summary>The name under which it is stored.</summary>
    public string Name { get; }

    /// <summary>The version of its payload today.</summary>
    public int Version { get; }

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
internal sealed class EventType<TEvent>(Func<int, JsonElement, TEvent>? upgrade) : EventType(typeof(TEvent), TEvent.EventName, TEvent.EventVersion)
    where TEvent : IDomainEvent<TEvent>
{
    /// <summary>Reads an older payload; null where that cannot be done.</summary>
    public Func<int, JsonElement, TEvent>? Upgrade { get; } = upgrade;
}
