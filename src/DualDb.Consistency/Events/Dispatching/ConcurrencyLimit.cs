namespace DualDb.Consistency.Events.Dispatching;

/// <summary>How many workers of one handler run at the same time on this node, whichever outbox their events are of.</summary>
/// <param name="most">The number.</param>
internal sealed class ConcurrencyLimit(int most)
{
    private HandlerLane[] _lanes = [];
    private int _running;

    /// <summary>How many more may run.</summary>
    public int Free => Math.Max(0, most - Volatile.Read(ref _running));

    /// <summary>Names a lane that lives by this limit.</summary>
    public void Join(HandlerLane lane)
    {
        HandlerLane[] before;
        do
        {
            before = Volatile.Read(ref _lanes);
        }
        while (Interlocked.CompareExchange(ref _lanes, [.. before, lane], before) != before);
    }

    /// <summary>Takes a place, where one is free.</summary>
    public bool TryEnter()
    {
        while (true)
        {
            var running = Volatile.Read(ref _running);
            if (running >= most)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _running, running + 1, running) == running)
            {
                return true;
            }
        }
    }

    /// <summary>Gives a place back. Others are to be told afterwards, by <see cref="Offer"/>.</summary>
    public void Leave() => Interlocked.Decrement(ref _running);

    /// <summary>Lets the other lanes take what is free. Under no lock of the caller's.</summary>
    public void Offer(HandlerLane from)
    {
        foreach (var lane in Volatile.Read(ref _lanes))
        {
            if (lane != from)
            {
                lane.Resume();
            }
        }
    }
}
