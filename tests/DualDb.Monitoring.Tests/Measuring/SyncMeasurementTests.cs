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
    [InlineData(10, 12, 2, false, 10 / 12d)]
    public void A_comparison_that_ended_early_never_says_that_the_rest_is_equal(long source, long target, int found, bool isPartial, double expected)
    {
        var own = new OwnFigures(Now);
        List<RowDifference> differences = [.. Enumerable.Range(0, found).Select(static key => new RowDifference("orders", $"[{key}]", DifferenceKind.Different, Reason: null))];

        new SyncMeasurement(own).Verified(new VerificationReport(Now, TimeSpan.FromSeconds(1), [new MapVerification("orders", source, target, differences, InFlight: 0, isPartial, IsConfirmed: true, Faults: [])]));

        var kpi = new KpiCalculation(new KpiTargets(), own.Open, [own.Open]).Run().Single(static one => one.Kind == KpiKind.Consistency && one.Subject == "orders");
        Assert.Equal(expected, kpi.Value!.Value, 6);
        Assert.Equal(expected >= 0.999, kpi.IsMet);
    }
}
