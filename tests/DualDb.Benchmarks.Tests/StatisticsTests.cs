using DualDb.Benchmarks.Measuring;

namespace DualDb.Benchmarks.Tests;

/// <summary>The arithmetic that the scorecard stands on.</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    [InlineData(new double[] { 1, 1, 1, 1_000 }, 1)]
    public void The_median_is_the_value_in_the_middle(double[] values, double expected)
        => Assert.Equal(expected, Statistics.Median(values));

    [Fact]
    public void Nothing_has_no_median()
        => Assert.Throws<ArgumentException>(() => Statistics.Median([]));

    [Fact]
    public void Ratios_are_taken_round_by_round_before_their_median()
    {
        // Of the medians (10 / 20) the ratio would be 0.5.
        Assert.Equal(2, Statistics.MedianOfRatios([2, 10, 100], [1, 20, 50]));
    }

    [Fact]
    public void Ratios_need_pairs()
        => Assert.Throws<ArgumentException>(() => Statistics.MedianOfRatios([1, 2], [1]));

    [Fact]
    public void A_contest_result_compares_time_and_bytes_per_call()
    {
        var result = new ContestResult(calls: 10);
        foreach (var (left, right) in new[] { (20, 10), (30, 10), (90, 100) })
        {
            result.Add("left", new Block(TimeSpan.FromMilliseconds(left), left * 1_000));
            result.Add("right", new Block(TimeSpan.FromMilliseconds(right), right * 500));
        }

        Assert.Equal(2, result.TimeRatio("left", "right"), 9);
        Assert.Equal(4, result.ByteRatio("left", "right"), 9);
        Assert.Equal(3_000, result.Microseconds("left"), 6);
        Assert.Equal(3_000, result.BytesPerCall("left"), 6);
        Assert.Equal(1_000, result.MicrosecondsAbove("left", "right"), 6);
        Assert.Equal(2_500, result.BytesAbove("left", "right"), 6);
    }
}
