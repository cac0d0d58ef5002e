using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Monitoring.Tests.Measuring;

/// <summary>Quantiles are within one percent of what sorting all durations gives, also over several nodes.</summary>
public sealed class DurationSketchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Quantiles_are_within_one_percent_of_the_true_ones(int seed)
    {
        var random = new Random(seed);
        double[] durations = [.. Enumerable.Range(0, 20_000).Select(_ => 1e-5 * Math.Exp(random.NextDouble() * 14))];
        var (one, other) = (new DurationSketch(), new DurationSketch());
        foreach (var duration in durations)
        {
            (random.Next(2) == 0 ? one : other).Add(duration);
        }

        one.Add(other);
        Array.Sort(durations);
        foreach (var share in new[] { 0.01, 0.5, 0.95, 0.99, 0.999, 1 })
        {
            var truth = durations[(int)Math.Ceiling(share * durations.Length) - 1];
            Assert.InRange(one.Quantile(share)!.Value / truth, 0.99, 1.01);
        }

        Assert.Equal(durations.Length, one.Count);
        Assert.InRange(one.CountAbove(0.1) / (double)durations.Count(static duration => duration > 0.1), 0.99, 1.01);
    }

    [Fact]
    public void Nothing_has_no_quantile() => Assert.Null(new DurationSketch().Quantile(0.5));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e9)]
    public void What_no_call_takes_is_counted_all_the_same(double seconds)
    {
        var sketch = new DurationSketch();
        sketch.Add(seconds);
        Assert.Equal(1, sketch.Count);
    }

    [Fact]
    public void Figures_survive_being_written()
    {
        var figures = new Figures();
        figures.Neon.Add(0.25);
        figures.AddDuration("view/a \"b\"", 1.5);
        figures.AddSum("up/neon", 12.25);

        var read = FigureText.Read(FigureText.Write(figures));

        Assert.Equal(figures.Neon.Quantile(1), read.Neon.Quantile(1));
        Assert.Equal(1, read.DurationsOf("view/a \"b\"").Count);
        Assert.Equal(12.25, read.SumOf("up/neon"));
        Assert.True(read.Supabase.IsEmpty);
    }
}
