namespace DualDb.Benchmarks.Measuring;

/// <summary>What every round took, per contestant.</summary>
/// <param name="calls">How many calls made a block.</param>
internal sealed class ContestResult(int calls)
{
    private readonly Dictionary<string, List<Block>> _blocks = new(StringComparer.Ordinal);

    public void Add(string contestant, Block block)
    {
        if (!_blocks.TryGetValue(contestant, out var blocks))
        {
            _blocks[contestant] = blocks = [];
        }

        blocks.Add(block);
    }

    /// <summary>The median over the rounds of one contestant's time as a multiple of the other's in the same round.</summary>
    public double TimeRatio(string contestant, string other)
        => Statistics.MedianOfRatios(Times(contestant), Times(other));

    /// <summary>The same for allocated bytes.</summary>
    public double ByteRatio(string contestant, string other)
        => Statistics.MedianOfRatios(Bytes(contestant), Bytes(other));

    /// <summary>The median time of one call.</summary>
    public double Microseconds(string contestant) => Statistics.Median(Times(contestant)) * 1_000_000;

    /// <summary>The median bytes of one call.</summary>
    public double BytesPerCall(string contestant) => Statistics.Median(Bytes(contestant));

    /// <summary>The median over the rounds of the difference in time of one call, in microseconds.</summary>
    public double MicrosecondsAbove(string contestant, string other)
        => Statistics.Median([.. Times(contestant).Zip(Times(other), static (left, right) => (left - right) * 1_000_000)]);

    /// <summary>The median over the rounds of the difference in bytes of one call.</summary>
    public double BytesAbove(string contestant, string other)
        => Statistics.Median([.. Bytes(contestant).Zip(Bytes(other), static (left, right) => left - right)]);

    private double[] Times(string contestant) => [.. _blocks[contestant].Select(block => block.Elapsed.TotalSeconds / calls)];

    private double[] Bytes(string contestant) => [.. _blocks[contestant].Select(block => (double)block.Bytes / calls)];
}
