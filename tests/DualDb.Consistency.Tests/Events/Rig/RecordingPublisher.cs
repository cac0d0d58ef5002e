using System.Collections.Concurrent;
using DualDb.Consistency.Events;

namespace DualDb.Consistency.Tests.Events.Rig;

/// <summary>Keeps what it is handed.</summary>
public sealed class RecordingPublisher(string name = "recording", Func<string, bool>? takes = null) : IEventPublisher
{
    public ConcurrentQueue<PublishedEvent> Published { get; } = [];

    public string Name { get; } = name;

    public bool Takes(string eventName) => takes?.Invoke(eventName) ?? true;

    public Task PublishAsync(PublishedEvent published, CancellationToken cancellationToken)
    {
        Published.Enqueue(published);
        return Task.CompletedTask;
    }
}
