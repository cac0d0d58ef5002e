using System.Diagnostics;
using DualDb.Consistency.Monitoring;
using DualDb.Monitoring.Tests.Places;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>Figures of nodes over real databases.</summary>
public sealed class KpiTests(MonitoringServers servers)
{
    [Fact]
    public async Task Nodes_add_up_and_a_restart_loses_nothing()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var (one, two) = (await place.StartAsync(), await place.StartAsync());
        await FindAsync(one, 30);
        await FindAsync(two, 20);
        await one.DisposeAsync();
        await two.DisposeAsync();

        var three = await place.StartAsync();

        Assert.Equal(50, (await three.KpiAsync(KpiKind.QueryTime, "neon"))!.Count);
        Assert.Equal(50, (await three.KpiAsync(KpiKind.QueryTime, "neon", KpiWindow.Month))!.Count);
    }

    [Fact]
    public async Task Applications_in_one_database_stay_apart()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var shop = await place.StartAsync();
        var other = await place.StartAsync(static options => options.Application = "office");
        await FindAsync(shop, 10);
        await FindAsync(other, 3);
        await shop.DisposeAsync();

        Assert.Equal(3, (await other.KpiAsync(KpiKind.QueryTime, "neon"))!.Count);
        Assert.Equal(10, (await (await place.StartAsync()).KpiAsync(KpiKind.QueryTime, "neon"))!.Count);
    }

    [Fact]
    public async Task While_the_home_database_is_away_figures_are_told_and_kept_for_later()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync();
        await FindAsync(node, 5);
        await place.SupabaseLine.CutAsync();
        place.SupabaseLine.RefuseConnections = true;
        await FindAsync(node, 5);

        var report = await node.Monitoring.KpisAsync(KpiWindow.Hour);
        Assert.False(report.IsComplete);
        Assert.Equal(10, report.Find(KpiKind.QueryTime, "neon")!.Count);

        place.SupabaseLine.Calm();
        await node.DisposeAsync();
        Assert.Equal(10, (await (await place.StartAsync()).KpiAsync(KpiKind.QueryTime, "neon"))!.Count);
    }

    [Fact]
    public async Task A_Neon_that_nobody_uses_is_left_alone()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(static options => options.ProbeEvery = TimeSpan.FromMilliseconds(10));

        await Eventually.HoldsAsync(() => node.Monitoring.IsUp(Database.Supabase) == true, "Supabase is probed");
        await Eventually.HoldsAsync(async () => (await node.KpiAsync(KpiKind.Availability, "supabase"))?.Count > 0.2, "some time passes");

        Assert.Null(node.Monitoring.IsUp(Database.Neon));
        Assert.Equal(0, place.NeonLine.AcceptedConnections);
    }

    [Fact]
    public async Task A_Neon_in_use_is_probed_as_long_as_was_asked()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(static options => (options.ProbeEvery, options.ProbeNeonFor) = (TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan));

        await Eventually.HoldsAsync(() => node.Monitoring.IsUp(Database.Neon) == true, "Neon is probed");
    }

    [Fact]
    public async Task Rows_that_differ_are_a_share_of_those_compared()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(syncs: true);
        var orders = Enumerable.Range(0, 40).Select(static number => new Order { Id = Guid.NewGuid(), BuyerId = Guid.NewGuid(), Total = number }).ToList();
        await node.Db.Orders.InsertManyAsync(orders);
        await node.Db.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(60));
        Assert.True((await node.KpiAsync(KpiKind.SyncLag, "neon"))!.Count >= 40);

        await MonitoredPlace.AskAsync<object>(place.Supabase, $"set session_replication_role = replica; update order_copies set total = -1 where id = '{orders[7].Id}' returning 1");
        await node.Db.Sync.VerifyAsync();

        var kpi = (await node.KpiAsync(KpiKind.Consistency, "orders"))!;
        Assert.Equal((0.975, false, 40), (Math.Round(kpi.Value!.Value, 6), kpi.IsMet, kpi.Count));
        Assert.Equal(0.975, (await node.KpiAsync(KpiKind.Consistency))!.Value!.Value, 6);
    }

    [Fact]
    public async Task Views_and_levels_of_the_cache_are_measured()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync();
        var buyer = await node.Db.Buyers.InsertAsync(new Buyer { Id = Guid.NewGuid(), Name = "Ann" });
        var order = await node.Db.Orders.InsertAsync(new Order { Id = Guid.NewGuid(), BuyerId = buyer.Id, Total = 1 });
        for (var read = 0; read < 10; read++)
        {
            Assert.NotNull(await node.Db.OrderViews.FindAsync(order.Id));
            Assert.NotNull(await node.Db.Buyers.FindAsync(buyer.Id));
        }

        Assert.Equal(10, (await node.KpiAsync(KpiKind.ViewTime, "OrderView"))!.Count);
        await Eventually.HoldsAsync(async () => (await node.KpiAsync(KpiKind.CacheHitRate, "memory"))?.Count == 10, "the cache was looked at");
        Assert.Equal(0.9, (await node.KpiAsync(KpiKind.CacheHitRate, "memory"))!.Value);
    }

    [Fact]
    public async Task Statements_in_a_loop_are_told_with_where_they_are_sent()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(starts: false);
        using (var request = new Activity("GET /orders").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            _ = node.Monitoring;
            await FindAsync(node, 12);
        }

        await FindAsync(node, 30);

        var found = Assert.Single(node.Monitoring.RepeatedReads());
        Assert.Equal(("Order", "FindAsync", "GET /orders", 12L, 1L), (found.Subject, found.Operation, found.Where, found.Most, found.Traces));
        var slowest = Assert.Single(node.Monitoring.SlowestStatements());
        Assert.Equal((42, Database.Neon), (slowest.Count, slowest.Database));
        Assert.Contains("orders", slowest.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_the_schema_is_named_with_what_to_run()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers, installs: false);
        var node = await place.StartAsync();
        await FindAsync(node, 3);

        var report = await node.Monitoring.KpisAsync(KpiWindow.Hour);

        Assert.False(report.IsComplete);
        Assert.Equal(3, report.Find(KpiKind.QueryTime, "neon")!.Count);
    }

    [Theory]
    [InlineData("ProbeEvery")]
    [InlineData("RepeatedReads")]
    [InlineData("Targets.Availability")]
    public async Task Options_that_make_no_sense_are_refused(string option)
    {
        await using var place = await MonitoredPlace.CreateAsync(servers, installs: false);
        var node = await place.StartAsync(
            options =>
            {
                _ = option switch
                {
                    "ProbeEvery" => (object?)(options.ProbeEvery = TimeSpan.Zero),
                    "RepeatedReads" => options.RepeatedReads = 1,
                    _ => options.Targets.Availability = 1.5,
                };
            },
            starts: false);

        var refused = Assert.Throws<DualDbConfigurationException>(() => node.Monitoring);
        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    private static async Task FindAsync(MonitoredNode node, int times)
    {
        // Resolved first, so that nothing is missed.
        _ = node.Monitoring;
        for (var time = 0; time < times; time++)
        {
            await node.Db.Orders.FindAsync(Guid.NewGuid());
        }
    }
}
