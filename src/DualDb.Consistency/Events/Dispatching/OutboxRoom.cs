using System.Runtime.InteropServices;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>How much more may be in hand.</summary>
/// <param name="Events">How many events and deliveries.</param>
/// <param name="Characters">How many characters of payload; one event more is taken than fits, so that a large one is not left for good.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutboxRoom(int Events, long Characters)
{
    /// <summary>How many deliveries that are tried again are taken at a look.</summary>
    public int Retries { get; init; } = Math.Max(1, Events / 4);

    public bool IsLeft => Events > 0 && Characters > 0;

    public OutboxRoom Less(StoredEvent stored) => new(Events - 1, Characters - stored.Event.Payload.Length);
}
