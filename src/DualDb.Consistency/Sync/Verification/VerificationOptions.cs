namespace DualDb.Consistency.Sync.Verification;

/// <summary>How both sides are compared.</summary>
public sealed class VerificationOptions
{
    /// <summary>The map; null for all.</summary>
    public string? Map { get; init; }

    /// <summary>About how many rows a block has, 10,000 at first. Blocks that differ are split.</summary>
    public int BlockSize { get; init; } = 10_000;

    /// <summary>After how many differences a comparison ends, 1,000 at first.</summary>
    public int MaxDifferences { get; init; } = 1000;

    /// <summary>How long changes on their way are waited for before a difference is believed, 30 seconds at first.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether orphans are looked for as well, for each <c>[References&lt;T&gt;]</c> that crosses databases; so at first. They are where all maps are compared.</summary>
    public bool Orphans { get; init; } = true;

    /// <exception cref="DualDbConfigurationException">One is out of bounds.</exception>
    internal void Check()
    {
        Require(BlockSize >= 10, nameof(BlockSize), "10 or more");
        Require(MaxDifferences >= 1, nameof(MaxDifferences), "1 or more");
        Require(Patience >= TimeSpan.Zero, nameof(Patience), "zero or more");
    }

    private static void Require(bool holds, string option, string bounds)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"VerificationOptions.{option} is out of bounds: it takes {bounds}.");
        }
    }
}
