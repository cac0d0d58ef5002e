namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// The keys, per handler, on which an event has failed: what follows is written behind it and not handled. A key is free again when the database holds nothing of it and nothing more is on its
/// way there.
/// </summary>
internal sealed class BlockedKeys
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Handler, string Key), int> _blocked = [];

    public bool Contains(string handler, string? key)
    {
        if (key is null)
        {
            return false;
        }

        lock (_gate)
        {
            return _blocked.ContainsKey((handler, key));
        }
    }

    /// <summary>Blocks a key that rows were found of.</summary>
    public void Add(string handler, string key)
    {
        lock (_gate)
        {
            _blocked.TryAdd((handler, key), 0);
        }
    }

    /// <summary>Blocks the key of a delivery that is about to be written.</summary>
    public void Expect(string handler, string? key)
    {
        if (key is not null)
        {
            lock (_gate)
            {
                _blocked[(handler, key)] = _blocked.GetValueOrDefault((handler, key)) + 1;
            }
        }
    }

    /// <summary>A delivery that was expected has been written, or will not be.</summary>
    public void Arrived(string handler, string? key)
    {
        if (key is not null)
        {
            lock (_gate)
            {
                if (_blocked.TryGetValue((handler, key), out var expected) && expected > 0)
                {
                    _blocked[(handler, key)] = expected - 1;
                }
            }
        }
    }

    /// <summary>The database holds nothing of a key any more.</summary>
    public void Emptied(string handler, string? key)
    {
        if (key is not null)
        {
            lock (_gate)
            {
                if (_blocked.TryGetValue((handler, key), out var expected) && expected == 0)
                {
                    _blocked.Remove((handler, key));
                }
            }
        }
    }
}
