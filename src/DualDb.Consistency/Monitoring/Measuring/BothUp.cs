namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>When both databases were up together: the spans of both, each moment counted once.</summary>
/// <param name="clock">Whose timestamps.</param>
internal sealed class BothUp(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long _knownUntil;
    private long _downUntil;

    /// <summary>Takes a span of one of them.</summary>
    /// <returns>By how many seconds the times grow in which both were up, and in which one was not. The first can be below zero: what one had up, the other has down.</returns>
    public (double Up, double Down) Take(long from, long until, bool isUp)
    {
        lock (_lock)
        {
            var known = Grow(ref _knownUntil, from, until);
            var down = isUp ? 0 : Grow(ref _downUntil, from, until);
            return (known - down, down);
        }
    }

    private double Grow(ref long reached, long from, long until)
    {
        var begin = Math.Max(reached, from);
        if (until <= begin)
        {
            return 0;
        }

        reached = until;
        return clock.GetElapsedTime(begin, until).TotalSeconds;
    }
}
