namespace DualDb.Benchmarks.Measuring;

/// <summary>The arithmetic of the scorecard.</summary>
internal static class Statistics
{
    /// <summary>The middle value; of an even number of values the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("There is no median of nothing.", nameof(values));
        }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>
    /// The median of the ratios, pair by pair: what disturbs a whole round disturbs both sides of its ratio, where a ratio of medians would compare
    /// moments that have nothing to do with each other.
    /// </summary>
    /// <exception cref="ArgumentException">The lists differ in length or are empty.</exception>
    public static double MedianOfRatios(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators)
    {
        if (numerators.Count != denominators.Count)
        {
            throw new ArgumentException("Ratios are made of pairs: both lists need the same length.", nameof(denominators));
        }

        return Median([.. numerators.Zip(denominators, static (numerator, denominator) => numerator / denominator)]);
    }
}
