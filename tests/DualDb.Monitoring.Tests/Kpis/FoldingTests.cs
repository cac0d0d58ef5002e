using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Kpis;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Monitoring.Tests.Places;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>What many nodes and restarts have left behind is made one, and says the same.</summary>
public sealed class FoldingTests(MonitoringServers servers)
{
    private const string Rows = "select count(*) from dualdb.kpi_rollups where seconds = 21600";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_month_of_restarts_is_a_row_for_each_piece_and_says_the_same()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        await using var root = MonitoredDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (place.Neon, place.Supabase));
        var store = new RollupStore(root.Supabase, "shop");

        // One that stays for four days, and another that starts anew each hour.
        var staying = new OwnFigures(Start);
        for (var hour = 0; hour < 96; hour++)
        {
            var now = Start.AddHours(hour);
            staying.Advance(now);
            await MeasureAsync(store, staying, now, 0.01);
            await MeasureAsync(store, new OwnFigures(now), now, 0.1);
        }

        var end = Start.AddHours(96);
        var before = await CountAsync(store, staying, end);
        Assert.Equal((192, 96 + 16), (before.Count, await MonitoredPlace.AskAsync<long>(place.Supabase, Rows)));
        var folding = new RollupFolding(root.Supabase, "shop");
        Assert.Equal(8, await folding.RunAsync(end, TestContext.Current.CancellationToken));
        Assert.Equal(0, await folding.RunAsync(end, TestContext.Current.CancellationToken));

        // Two days as one row for each piece, and two as they were.
        Assert.Equal(8 + 48 + 8, await MonitoredPlace.AskAsync<long>(place.Supabase, Rows));
        foreach (var node in new[] { staying, new OwnFigures(end) })
        {
            var after = await CountAsync(store, node, end);
            Assert.Equal((before.Count, before.P50, before.P99), (after.Count, after.P50, after.P99));
        }
    }

    private static async Task MeasureAsync(RollupStore store, OwnFigures own, DateTimeOffset now, double seconds)
    {
        own.Open.Neon.Add(seconds);
        own.Advance(now.AddSeconds(5));
        await store.WriteAsync(own.Node, own.TakeUnwritten(), TestContext.Current.CancellationToken);
    }

    private static async Task<Kpi> CountAsync(RollupStore store, OwnFigures own, DateTimeOffset now)
    {
        var time = new FakeTimeProvider(now);
        return (await new KpiReading(own, store, new MonitoringClock(time), new KpiTargets(), time).ReadAsync(KpiWindow.Month, TestContext.Current.CancellationToken)).Find(KpiKind.QueryTime, "neon")!;
    }
}
