using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using DualDb.Consistency.Events.Publishing;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Who is given which event.</summary>
internal sealed class EventDirectory
{
    /// <summary>With the longest key, an index takes no more.</summary>
    private const int LongestName = 512;

    private readonly FrozenSet<string> _names;
    private readonly FrozenDictionary<string, Subscription[]> _byEvent;
    private readonly PublisherSubscription[] _publishers;
    private readonly FrozenDictionary<string, ConcurrencyLimit> _limits;

    public EventDirectory(EventRegistry registry, IEnumerable<IEventPublisher> publishers, int maxConcurrency)
    {
        _publishers = [.. publishers.Select(static publisher => new PublisherSubscription(publisher))];
        var handlers = registry.Handlers.Select(handler => handler.Subscribe(registry.Events)).ToList();
        _names = registry.Events.Select(static type => type.Name).ToFrozenSet(StringComparer.Ordinal);
        _byEvent = _names.ToFrozenDictionary(static name => name, name => handlers.Where(handler => handler.Takes(name)).ToArray(), StringComparer.Ordinal);
        All = [.. handlers, .. _publishers];
        CheckNames(handlers);
        _limits = All.GroupBy(static taker => taker.Name, StringComparer.Ordinal).ToFrozenDictionary(
            static takers => takers.Key,
            takers => new ConcurrencyLimit(takers.First().Options.MaxConcurrency is > 0 and var own ? Math.Min(own, maxConcurrency) : maxConcurrency),
            StringComparer.Ordinal);
    }

    /// <summary>Deliveries are kept by name: two of one name would take each other's.</summary>
    private void CheckNames(List<Subscription> handlers)
    {
        var names = handlers.Select(static handler => handler.Name).Append(Routing.Nobody).ToHashSet(StringComparer.Ordinal);
        foreach (var publisher in _publishers)
        {
            if (string.IsNullOrWhiteSpace(publisher.Name) || !names.Add(publisher.Name))
            {
                throw new DualDbConfigurationException($"The event publisher '{publisher.Name}' has no name, or one that another publisher or handler has. Give each a name of its own: IEventPublisher.Name.");
            }

            // Where it could not be stored, no failure of the publisher could be written, nor what is written with it.
            if (publisher.Name.Contains('\0', StringComparison.Ordinal) || !OutgoingRules.IsText(publisher.Name) || Encoding.UTF8.GetByteCount(publisher.Name) > LongestName)
            {
                throw new DualDbConfigurationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The name of an event publisher has more than {LongestName} bytes of UTF-8, holds the character U+0000, or half of a surrogate pair. Give it a shorter one of whole characters: IEventPublisher.Name."));
            }
        }
    }

    /// <summary>Everybody.</summary>
    public IReadOnlyList<Subscription> All { get; }

    /// <summary>The names of all events.</summary>
    public IEnumerable<string> Names => _names;

    public bool Knows(string eventName) => _names.Contains(eventName);

    /// <summary>Those that are given an event of that name. A publisher may take events whose type this application does not know.</summary>
    public IReadOnlyList<Subscription> Takers(string eventName)
    {
        var handlers = _byEvent.GetValueOrDefault(eventName, []);
        return _publishers.Length == 0 ? handlers : [.. handlers, .. _publishers.Where(publisher => publisher.Takes(eventName))];
    }

    /// <summary>How many of a handler, or publisher, run at the same time, for the outboxes of both databases.</summary>
    public ConcurrencyLimit LimitOf(string handler) => _limits[handler];

    public Subscription? Find(string handler, string eventName) => Takers(eventName).FirstOrDefault(taker => string.Equals(taker.Name, handler, StringComparison.Ordinal));
}
