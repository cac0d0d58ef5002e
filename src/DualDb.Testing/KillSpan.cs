namespace DualDb.Testing;

/// <summary>From how long to how long something may take; what it takes is drawn evenly.</summary>
public sealed record KillSpan
{
    /// <summary>A span between two lengths.</summary>
    /// <param name="shortest">The shortest, zero or more.</param>
    /// <param name="longest">The longest, not shorter than that.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative, or the longest is shorter than the shortest.</exception>
    public KillSpan(TimeSpan shortest, TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, shortest);
        Shortest = shortest;
        Longest = longest;
    }

    /// <summary>The shortest.</summary>
    public TimeSpan Shortest { get; }

    /// <summary>The longest.</summary>
    public TimeSpan Longest { get; }

    /// <summary>The length at a share of the way between the two.</summary>
    /// <param name="share">From 0 to 1.</param>
    internal TimeSpan At(double share) => Shortest + ((Longest - Shortest) * share);
}
