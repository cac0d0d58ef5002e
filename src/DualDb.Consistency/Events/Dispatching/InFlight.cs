using System.Collections.Concurrent;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What was read and is not yet written back.</summary>
internal sealed class InFlight
{
    private readonly ConcurrentDictionary<long, (StoredEvent Stored, SlotLease Lease)> _events = [];
    private readonly ConcurrentDictionary<long, (StoredDelivery Delivery, SlotLease Lease)> _deliveries = [];
    private readonly Signal _changed = new();
    private long _characters;

    private int Held => _events.Count + _deliveries.Count;

    public bool IsEmpty => Held == 0;

    /// <summary>What may be read beside it.</summary>
    public OutboxRoom Room(int mostEvents, long mostCharacters) => new(mostEvents - Held, mostCharacters - Interlocked.Read(ref _characters));

    public long[] Events => [.. _events.Keys];

    public long[] Deliveries => [.. _deliveries.Keys];

    public bool Add(StoredEvent stored, SlotLease lease) => Count(stored, _events.TryAdd(stored.Number, (stored, lease)));

    public bool Add(StoredDelivery delivery, SlotLease lease) => Count(delivery.Stored, _deliveries.TryAdd(delivery.Id, (delivery, lease)));

    public void Remove(StoredEvent stored) => Discount(stored, _events.TryRemove(stored.Number, out _));

    public void Remove(StoredDelivery delivery) => Discount(delivery.Stored, _deliveries.TryRemove(delivery.Id, out _));

    /// <summary>Keys of which so many are in hand that more of them would crowd out others.</summary>
    public string[] Crowded(int limit)
        => [.. _events.Values.Where(static held => held.Stored.Event.Key is not null).GroupBy(static held => held.Stored.Event.Key!, StringComparer.Ordinal).Where(group => group.Count() >= limit).Select(static group => group.Key)];

    /// <summary>Handlers that so many deliveries are in hand for which are tried again that more would crowd out what is new.</summary>
    public string[] CrowdedHandlers(int limit)
        => [.. _deliveries.Values.GroupBy(static held => held.Delivery.Handler, StringComparer.Ordinal).Where(group => group.Count() >= limit).Select(static group => group.Key)];

    /// <summary>The slots that something is in hand of.</summary>
    public HashSet<short> Slots() => [.. Leases().Select(static lease => lease.Slot)];

    /// <summary>
    /// The slots that something is still in hand of under a lease that is over. Whatever is read of them under a new one would overtake it: it will be given up, and read again.
    /// </summary>
    public HashSet<short> SlotsOfLostLeases() => [.. Leases().Where(static lease => !lease.IsValid).Select(static lease => lease.Slot)];

    /// <summary>Completes when something has been written back.</summary>
    public Task Changed => _changed.Next;

    private IEnumerable<SlotLease> Leases() => _events.Values.Select(static held => held.Lease).Concat(_deliveries.Values.Select(static held => held.Lease));

    private bool Count(StoredEvent stored, bool isAdded)
    {
        if (isAdded)
        {
            Interlocked.Add(ref _characters, stored.Event.Payload.Length);
        }

        return isAdded;
    }

    private void Discount(StoredEvent stored, bool isRemoved)
    {
        if (isRemoved)
        {
            Interlocked.Add(ref _characters, -stored.Event.Payload.Length);
        }

        _changed.Raise();
    }
}
