namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What code says of a root's events.</summary>
internal sealed record EventConfiguration<TRoot>(Action<EventOptions> Configure);

/// <summary>The options of a root's events, checked.</summary>
internal sealed class EventSettings<TRoot>
{
    public EventSettings(IEnumerable<EventConfiguration<TRoot>> configurations)
    {
        foreach (var configuration in configurations)
        {
            configuration.Configure(Options);
        }

        Options.Check();
    }

    public EventOptions Options { get; } = new();
}

/// <summary>The dispatcher of a root, apart from that of another in the same container.</summary>
internal sealed record RootDispatcher<TRoot>(EventDispatcher Dispatcher);
