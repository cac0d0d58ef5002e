namespace DualDb.Consistency.Events.Dispatching;

/// <summary>The deliveries of one key that wait for their turn; of one without a key, itself.</summary>
/// <param name="key">The key; null for none.</param>
internal sealed class KeyQueue(string? key)
{
    private readonly LinkedList<Delivery> _waiting = [];

    public string? Key { get; } = key;

    /// <summary>Whether one of them is being handled: the others wait.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether it stands in line for a worker.</summary>
    public bool IsInLine { get; set; }

    /// <summary>Since when it does, as a timestamp of the clock.</summary>
    public long InLineSince { get; set; }

    /// <summary>Whether any of them has a row of its own.</summary>
    public bool HasRetry => _waiting.Any(static delivery => delivery.IsRetry);

    public int Count => _waiting.Count;

    public Delivery? First => _waiting.First?.Value;

    public void Add(Delivery delivery) => _waiting.AddLast(delivery);

    public Delivery Take()
    {
        var first = _waiting.First!.Value;
        _waiting.RemoveFirst();
        return first;
    }

    /// <summary>Puts back what was taken, in front.</summary>
    public void PutBack(Delivery delivery) => _waiting.AddFirst(delivery);

    /// <summary>Takes all.</summary>
    public IReadOnlyList<Delivery> Clear()
    {
        Delivery[] all = [.. _waiting];
        _waiting.Clear();
        return all;
    }
}
