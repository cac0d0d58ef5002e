using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Kpis;
using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>What figures are made of what was measured.</summary>
public sealed class KpiCalculationTests
{
    private readonly Figures _figures = new();

    [Fact]
    public void Half_of_what_may_go_wrong_leaves_half_of_the_budget()
    {
        _figures.AddSum("up/neon", 99_975);
        _figures.AddSum("down/neon", 25);

        var kpi = Find(KpiKind.Availability, "neon");

        Assert.Equal(0.99975, kpi.Value!.Value, 8);
        Assert.Equal(0.5, kpi.ErrorBudgetLeft!.Value, 6);
        Assert.True(kpi.IsMet);
    }

    [Fact]
    public void More_than_may_go_wrong_leaves_less_than_nothing()
    {
        _figures.AddSum("compared/orders", 1000);
        _figures.AddSum("different/orders", 3);

        var kpi = Find(KpiKind.Consistency, "orders");

        Assert.Equal((0.997, false), (Math.Round(kpi.Value!.Value, 6), kpi.IsMet));
        Assert.Equal(-2, kpi.ErrorBudgetLeft!.Value, 6);
        Assert.Equal(0.997, Find(KpiKind.Consistency, "").Value!.Value, 6);
    }

    [Fact]
    public void The_budget_of_times_is_the_share_that_may_be_slower()
    {
        for (var call = 0; call < 100; call++)
        {
            _figures.Neon.Add(call < 2 ? 0.5 : 0.01);
        }

        var kpi = Find(KpiKind.QueryTime, "neon");

        Assert.Equal(0.6, kpi.ErrorBudgetLeft!.Value, 6);
        Assert.InRange(kpi.P99!.Value, 0.495, 0.505);
        Assert.InRange(kpi.Value!.Value, 0.0099, 0.0101);
    }

    [Fact]
    public void Redis_is_asked_what_the_memory_did_not_answer()
    {
        _figures.AddSum("cache/memory", 80);
        _figures.AddSum("cache/redis", 15);
        _figures.AddSum("cache/miss", 5);

        Assert.Equal((0.95, 0.8, 0.75), (Find(KpiKind.CacheHitRate, "").Value, Find(KpiKind.CacheHitRate, "memory").Value, Find(KpiKind.CacheHitRate, "redis").Value));
    }

    [Fact]
    public void What_was_not_measured_is_not_met_and_not_missed()
    {
        var kpi = Find(KpiKind.Availability, "neon");

        Assert.Null(kpi.Value);
        Assert.Null(kpi.IsMet);
        Assert.Null(kpi.ErrorBudgetLeft);
        Assert.Equal([null], kpi.Points);
    }

    private Kpi Find(KpiKind kind, string subject)
        => new KpiCalculation(new KpiTargets(), _figures, [_figures]).Run().Single(kpi => kpi.Kind == kind && kpi.Subject == subject);
}
