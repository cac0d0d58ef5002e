using System.Collections.Concurrent;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What was read and is not yet written back.</summary>
internal sealed class InFlight
{
    private readonly ConcurrentDictionary<long, StoredEvent> _events = [];
    private readonly ConcurrentDictionary<long, StoredDelivery> _deliveries = [];
    private readonly Signal _changed = new();

    public int Count => _events.Count + _deliveries.Count;

    public long[] Events => [.. _events.Keys];

    public long[] Deliveries => [.. _deliveries.Keys];

    public bool Add(StoredEvent stored) => _events.TryAdd(stored.Number, stored);

    public bool Add(StoredDelivery delivery) => _deliveries.TryAdd(delivery.Id, delivery);

    public void Remove(StoredEvent stored)
    {
        _events.TryRemove(stored.Number, out _);
        _changed.Raise();
    }

    public void Remove(StoredDelivery delivery)
    {
        _deliveries.TryRemove(delivery.Id, out _);
        _changed.Raise();
    }

    /// <summary>Keys of which so many are in hand that more of them would crowd out others.</summary>
    public string[] Crowded(int limit)
        => [.. _events.Values.Where(static stored => stored.Event.Key is not null).GroupBy(static stored => stored.Event.Key!, StringComparer.Ordinal).Where(group => group.Count() >= limit).Select(static group => group.Key)];

    /// <summary>The slots that something is in hand of.</summary>
    public HashSet<short> Slots() => [.. _events.Values.Select(static stored => stored.Slot), .. _deliveries.Values.Select(static delivery => delivery.Stored.Slot)];

    /// <summary>Completes when something has been written back.</summary>
    public Task Changed => _changed.Next;
}
