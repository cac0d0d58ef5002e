namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// The keys, per handler, on which an event has failed: what follows is written behind it and not handled. A key is free again when the database holds nothing of it and nothing more is on its
/// way there.
/// </summary>
internal sealed class BlockedKeys
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Handler, string Key), BlockedKey> _blocked = [];
    private long _moment;

    /// <summary>A number that grows with what has failed again: taken before a look, it tells what the look cannot have seen.</summary>
    public long Moment
    {
        get
        {
            lock (_gate)
            {
                return _moment;
            }
        }
    }

    /// <summary>Whether events of a key have to wait.</summary>
    public bool Contains(string handler, string? key) => Of(handler, key) is { IsShown: true };

    /// <summary>Whether a delivery that a look has found due may be tried. Not where another of its key has failed again and the look has not seen that: it would overtake it.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="key">The key.</param>
    /// <param name="moment">The moment before the look.</param>
    public bool MayFollow(string handler, string? key, long moment) => Of(handler, key) is not { } state || (state.Retried == 0 && state.RetriedAt <= moment);

    /// <summary>Blocks a key that rows were found of.</summary>
    public void Add(string handler, string key)
    {
        lock (_gate)
        {
            _blocked.TryAdd((handler, key), new BlockedKey(IsShown: true));
        }
    }

    /// <summary>A delivery is about to be written. Events still pass until the key is shown.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="key">The key.</param>
    /// <param name="isRetry">Whether it has a row already.</param>
    public void Expect(string handler, string? key, bool isRetry)
        => Change(handler, key, state => state with { Expected = state.Expected + 1, Retried = state.Retried + (isRetry ? 1 : 0) }, orNew: true);

    /// <summary>What was expected is on its way: from now on the events of its key are written behind it.</summary>
    public void Show(string handler, string? key) => Change(handler, key, static state => state with { IsShown = true });

    /// <summary>A delivery that was expected has been written, or will not be.</summary>
    public void Arrived(string handler, string? key, bool isRetry)
        => Change(handler, key, state => isRetry
            ? state with { Expected = state.Expected - 1, Retried = state.Retried - 1, RetriedAt = ++_moment }
            : state with { Expected = state.Expected - 1 });

    /// <summary>The database holds nothing of a key any more.</summary>
    public void Emptied(string handler, string? key)
    {
        if (key is not null)
        {
            lock (_gate)
            {
                if (_blocked.TryGetValue((handler, key), out var state) && state.Expected == 0)
                {
                    _blocked.Remove((handler, key));
                }
            }
        }
    }

    private BlockedKey? Of(string handler, string? key)
    {
        if (key is null)
        {
            return null;
        }

        lock (_gate)
        {
            return _blocked.TryGetValue((handler, key), out var state) ? state : null;
        }
    }

    private void Change(string handler, string? key, Func<BlockedKey, BlockedKey> change, bool orNew = false)
    {
        if (key is not null)
        {
            lock (_gate)
            {
                if (_blocked.TryGetValue((handler, key), out var state) || orNew)
                {
                    _blocked[(handler, key)] = change(state);
                }
            }
        }
    }
}
