using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Kpis;
using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.Monitoring.Tests.Measuring;

/// <summary>What comparisons of both sides are made of.</summary>
public sealed class SyncMeasurementTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1_000_000, 1_000_000, 1_000, false, 0.999)]
    [InlineData(1_000_000, 0, 1_000, true, 0)]
    [InlineData(1_000_000, 1_000_000, 1_000, true, 0)]
    public void A_comparison_that_ended_early_never_says_that_the_rest_is_equal(long source, long target, int found, bool isPartial, double expected)
    {
        var kpi = KpiOf(source, target, Differences(DifferenceKind.Different, found), isPartial);

        Assert.Equal(expected, kpi.Value!.Value, 6);
        Assert.Equal(expected >= 0.999, kpi.IsMet);
    }

    // Of 100 rows, 30 are deleted in the copy and 30 foreign ones are there instead: both sides have 100, and 130 there are.
    [Theory]
    [InlineData(10, 12, 0, 2, 0, 10 / 12d)]
    [InlineData(100, 70, 30, 0, 0, 0.7)]
    [InlineData(100, 100, 30, 30, 0, 70 / 130d)]
    [InlineData(100, 100, 30, 30, 5, 65 / 130d)]
    public void Rows_that_either_side_lacks_count_among_all_rows(long source, long target, int missingInTarget, int missingInSource, int different, double expected)
    {
        var kpi = KpiOf(source, target, [.. Differences(DifferenceKind.MissingInTarget, missingInTarget), .. Differences(DifferenceKind.MissingInSource, missingInSource), .. Differences(DifferenceKind.Different, different)]);

        Assert.Equal(expected, kpi.Value!.Value, 6);
    }

    private static IReadOnlyList<RowDifference> Differences(DifferenceKind kind, int number) => [.. Enumerable.Range(0, number).Select(key => new RowDifference("orders", $"[{key}]", kind, Reason: null))];

    private static Kpi KpiOf(long source, long target, IReadOnlyList<RowDifference> differences, bool isPartial = false)
    {
        var own = new OwnFigures(Now);
        new SyncMeasurement(own).Verified(new VerificationReport(Now, TimeSpan.FromSeconds(1), [new MapVerification("orders", source, target, differences, InFlight: 0, isPartial, IsConfirmed: true, Faults: [])]));
        return new KpiCalculation(new KpiTargets(), own.Open, [own.Open]).Run().Single(static one => one.Kind == KpiKind.Consistency && one.Subject == "orders");
    }
}
