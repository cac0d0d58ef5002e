using System.Collections.Concurrent;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What was read and is not yet written back.</summary>
internal sealed class InFlight
{
    private readonly ConcurrentDictionary<long, (StoredEvent Stored, SlotLease Lease)> _events = [];
    private readonly ConcurrentDictionary<long, (StoredDelivery Delivery, SlotLease Lease)> _deliveries = [];
    private readonly Signal _changed = new();

    public int Count => _events.Count + _deliveries.Count;

    public long[] Events => [.. _events.Keys];

    public long[] Deliveries => [.. _deliveries.Keys];

    public bool Add(StoredEvent stored, SlotLease lease) => _events.TryAdd(stored.Number, (stored, lease));

    public bool Add(StoredDelivery delivery, SlotLease lease) => _deliveries.TryAdd(delivery.Id, (delivery, lease));

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
        => [.. _events.Values.Where(static held => held.Stored.Event.Key is not null).GroupBy(static held => held.Stored.Event.Key!, StringComparer.Ordinal).Where(group => group.Count() >= limit).Select(static group => group.Key)];

    /// <summary>The slots that something is in hand of.</summary>
    public HashSet<short> Slots() => [.. Leases().Select(static lease => lease.Slot)];

    /// <summary>
    /// The slots that something is still in hand of under a lease that is over. Whatever is read of them under a new one would overtake it: it will be given up, and read again.
    /// </summary>
    public HashSet<short> SlotsOfLostLeases() => [.. Leases().Where(static lease => !lease.IsValid).Select(static lease => lease.Slot)];

    /// <summary>Completes when something has been written back.</summary>
    public Task Changed => _changed.Next;

    private IEnumerable<SlotLease> Leases() => _events.Values.Select(static held => held.Lease).Concat(_deliveries.Values.Select(static held => held.Lease));
}
