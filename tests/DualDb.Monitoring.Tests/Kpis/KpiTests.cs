using System.Diagnostics;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Statements;
using DualDb.Diagnostics.Calls;
using DualDb.Monitoring.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

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
    public void Rows_that_are_written_one_by_one_are_no_reads_in_a_loop()
    {
        var loops = new LoopDetection(10, TimeProvider.System);
        using var request = new Activity("POST /orders").SetIdFormat(ActivityIdFormat.W3C).Start();
        foreach (var sql in new[] { "insert into orders (id) values ($1)", "update orders set total = $1", "delete from orders where id = $1", "with gone as (delete from orders returning 1) select 1 from gone", " (select 1)", "with few as (select 1) select * from few" })
        {
            for (var call = 0; call < 12; call++)
            {
                loops.Add(new CallName("Order", "AnyAsync", sql));
            }
        }

        Assert.Equal([" (select 1)", "with few as (select 1) select * from few"], loops.List().Select(static found => found.Sql).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Loops_that_were_seen_longest_ago_make_room_for_those_of_today()
    {
        var clock = new FakeTimeProvider();
        var loops = new LoopDetection(2, clock) { Origin = new NamedOrigin() };
        for (var number = 0; number < 300; number++)
        {
            using var request = new Activity("GET").SetIdFormat(ActivityIdFormat.W3C).Start();
            clock.Advance(TimeSpan.FromSeconds(1));
            loops.Add(new CallName("Order", "FindAsync", $"select {number}"));
            loops.Add(new CallName("Order", "FindAsync", $"select {number}"));
        }

        Assert.Equal(200, loops.List().Count);
        Assert.Contains(loops.List(), static found => found is { Sql: "select 299", Where: "GET /orders/{id}" });
        Assert.DoesNotContain(loops.List(), static found => found.Sql == "select 0");
    }

    [Fact]
    public void Statements_that_are_made_up_anew_each_time_do_not_hide_others_for_long()
    {
        var clock = new FakeTimeProvider();
        var statements = new SlowStatements(clock);
        for (var number = 0; number < 2000; number++)
        {
            statements.Add(Database.Neon, new CallName("neon", "QueryAsync", $"select {number}"), 0.001);
        }

        statements.Add(Database.Neon, new CallName("neon", "QueryAsync", "select slow"), 60);
        Assert.DoesNotContain(statements.List(1), static one => one.Sql == "select slow");
        clock.Advance(TimeSpan.FromMinutes(1));
        statements.Age();
        statements.Add(Database.Neon, new CallName("neon", "QueryAsync", "select slow"), 60);
        Assert.Equal("select slow", Assert.Single(statements.List(1)).Sql);
        Assert.Equal(1001, statements.List(5000).Count);
    }

    private sealed class NamedOrigin : ICallOrigin
    {
        public string? Name => "GET /orders/{id}";
    }

    [Fact]
    public void A_statement_of_both_databases_has_figures_of_each()
    {
        var statements = new SlowStatements(TimeProvider.System);
        statements.Add(Database.Neon, new CallName("neon", "QueryAsync", "select 1"), 2);
        statements.Add(Database.Supabase, new CallName("supabase", "QueryAsync", "select 1"), 0.5);
        statements.Add(Database.Supabase, new CallName("supabase", "QueryAsync", "select 1"), 0.5);

        Assert.Equal([(Database.Neon, "neon", 1L, 2d), (Database.Supabase, "supabase", 2L, 1d)], statements.List(10).Select(static one => (one.Database, one.Subject, one.Count, one.Total.TotalSeconds)));
    }

    [Fact]
    public async Task Two_roots_of_one_process_have_names_of_their_own()
    {
        static ServiceCollection Services()
        {
            var services = new ServiceCollection();
            services.AddMonitoredDb(static options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = ("Host=localhost;Database=a", "Host=localhost;Database=b"));
            services.AddDualDbMonitoring<MonitoredDb>();
            return services;
        }

        await using var one = Services().BuildServiceProvider();
        await using var two = Services().AddDualDbMonitoring<IDualDatabase>().BuildServiceProvider();

        Assert.Equal("DualDb.Monitoring.Tests", one.GetRequiredService<DatabaseMonitoring>().Application);
        Assert.Equal("DualDb.Monitoring.Tests/MonitoredDb", two.GetRequiredService<DatabaseMonitoring>().Application);
    }

    // A pool of two, and two statements that take it whole: the application waits for itself.
    [Fact]
    public async Task A_pool_without_a_free_connection_is_no_outage()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(static options => (options.ProbeEvery, options.ProbeTimeout) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)), poolSize: 2);
        await using (await node.Db.BeginSupabaseAsync(TestContext.Current.CancellationToken))
        await using (await node.Db.BeginSupabaseAsync(TestContext.Current.CancellationToken))
        {
            var measured = node.Monitoring.Measurement.Supabase;
            var (since, began) = (TimeProvider.System.GetTimestamp(), measured.LastAnswer);
            await Eventually.HoldsAsync(
                () =>
                {
                    Assert.NotEqual(false, node.Monitoring.IsUp(Database.Supabase));
                    return TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(5) && measured.LastAnswer > began;
                },
                "probes are answered while the pool is full");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_node_whose_clock_is_wrong_measures_the_lag_by_those_of_the_databases(int minutes)
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(syncs: true, time: new WrongTime(TimeSpan.FromMinutes(minutes)));
        await node.Db.Orders.InsertAsync(new Order { Id = Guid.NewGuid(), BuyerId = Guid.NewGuid(), Total = 1 });
        await node.Db.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(60));

        Kpi? lag = null;
        await Eventually.HoldsAsync(async () => (lag = await node.KpiAsync(KpiKind.SyncLag, "neon")) is { Count: 1 }, "it is measured");
        Assert.InRange(lag!.P99!.Value, 0.0001, 120);
    }

    /// <summary>A clock that goes as others do, and shows another time.</summary>
    private sealed class WrongTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }

    [Fact]
    public async Task A_database_without_the_schema_is_named_with_what_to_run()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers, installs: false);
        var node = await place.StartAsync();
        await FindAsync(node, 3);

        var report = await node.Monitoring.KpisAsync(KpiWindow.Hour);

        Assert.False(report.IsComplete);
        Assert.Contains("InstallAsync", report.Missing, StringComparison.Ordinal);
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
