namespace DualDb.Caching.Tests.Chaos;

/// <summary>What goes wrong between a node and Redis; a share of 0 to 1 for each.</summary>
internal sealed class Disorder(int seed)
{
    private readonly Random _random = new(seed);
    private volatile bool _isCalm;

    /// <summary>Commands that fail: before they are sent, or after Redis has carried them out.</summary>
    public double Throw { get; init; }

    /// <summary>Commands whose answer comes after the time that the cache waits.</summary>
    public double Delay { get; init; }

    /// <summary>Commands whose answer never comes.</summary>
    public double Hang { get; init; }

    /// <summary>Messages that do not arrive.</summary>
    public double Drop { get; init; }

    /// <summary>Messages that arrive twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Messages that others overtake.</summary>
    public double Reorder { get; init; }

    /// <summary>From here on all is well.</summary>
    public void Calm() => _isCalm = true;

    public bool Happens(double share)
    {
        lock (_random)
        {
            return !_isCalm && _random.NextDouble() < share;
        }
    }

    public TimeSpan Pause(TimeSpan longest)
    {
        lock (_random)
        {
            return longest * _random.NextDouble();
        }
    }
}
