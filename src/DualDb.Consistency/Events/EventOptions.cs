namespace DualDb.Consistency.Events;

/// <summary>How events are published and dispatched.</summary>
public sealed class EventOptions
{
    /// <summary>The largest payload in bytes of JSON, 256 KiB at first; a larger event is refused where it is published.</summary>
    public int MaxEventBytes { get; set; } = 256 * 1024;
}
