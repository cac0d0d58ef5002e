using System.Collections.Concurrent;
using DualDb.Consistency.Monitoring;
using DualDb.Monitoring.Tests.Places;

namespace DualDb.Monitoring.Tests.Alerts;

/// <summary>Alerts of nodes over real databases.</summary>
public sealed class AlertTests(MonitoringServers servers)
{
    [Theory]
    [InlineData(Database.Neon)]
    [InlineData(Database.Supabase)]
    public async Task A_database_that_goes_is_told_by_one_node_and_so_is_its_return(Database gone)
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var node = await place.StartAsync(static options => options.ProbeNeonFor = Timeout.InfiniteTimeSpan, sink: new ListedSink(told));
            await Eventually.HoldsAsync(() => node.Monitoring.IsUp(Database.Neon) == true && node.Monitoring.IsUp(Database.Supabase) == true, "both are up");
        }

        var line = gone == Database.Neon ? place.NeonLine : place.SupabaseLine;
        line.RefuseConnections = true;
        await line.CutAsync();
        await Eventually.HoldsAsync(() => !told.IsEmpty, "it is told");
        line.Calm();
        await Eventually.HoldsAsync(() => told.Any(static alert => alert.IsResolved), "it is told to be over");

        var subject = gone == Database.Neon ? "neon" : "supabase";
        Assert.All(told, alert => Assert.Equal((AlertRules.DatabaseDown, subject, AlertSeverity.Page, "shop"), (alert.Rule, alert.Subject, alert.Severity, alert.Application)));
        if (gone == Database.Neon)
        {
            // Of the home database's outage both may tell, where the lease lay in it; of the other's, one.
            Assert.Equal([false, true], told.Select(static alert => alert.IsResolved));
        }
        else
        {
            // What was kept in the other one meanwhile does not lie there as something that lasts until the next outage.
            await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alerts where resolved_at is null") == 0, "the alert is over in the other database as well");
        }
    }

    [Fact]
    public async Task What_lasts_beyond_an_outage_of_the_home_database_goes_on_there()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var source = new Switch();
        var node = await place.StartAsync(AddDisk, sink: new ListedSink(told), source: source);
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alert_leases") == 1, "the node has the lease");
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alert_leases") == 1, "the other database serves");
        source.IsOn = true;
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alerts where rule = 'disk-full'") == 1, "it is kept there");
        place.SupabaseLine.Calm();

        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alerts where rule = 'disk-full' and resolved_at is null and told = 1") == 1, "it goes on in the home database");
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alerts where resolved_at is null") == 0, "it is over in the other one");
        Assert.Contains(await node.Monitoring.Alerts.ListAsync(openOnly: true), static state => state.Rule == "disk-full");
        Assert.Single(told, static alert => alert.Rule == "disk-full");
        source.IsOn = false;
        await Eventually.HoldsAsync(() => told.Any(static alert => alert is { Rule: "disk-full", IsResolved: true }), "it is told to be over");
    }

    [Fact]
    public async Task What_lasts_beyond_an_outage_is_ended_by_none_of_the_nodes_that_come_back()
    {
        const string Open = "select count(*) from dualdb.alerts where rule = 'disk-full' and resolved_at is null";
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var source = new Switch { IsOn = true };
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await place.StartAsync(AddDisk, sink: new ListedSink([]), source: source);
        }

        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, Open) == 1, "it is told");
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alert_nodes") == 2, "both share through the other database");
        place.SupabaseLine.Calm();

        // Each node looks there once for what has strayed, and leaves it.
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alert_nodes") == 0, "both have come back");
        Assert.Equal(1, await MonitoredPlace.AskAsync<long>(place.Supabase, Open));
        Assert.Equal(0, await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alerts where resolved_at is null"));
    }

    [Fact]
    public async Task What_ends_within_an_outage_of_the_home_database_is_over_there_when_it_is_back()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var source = new Switch { IsOn = true };
        var node = await place.StartAsync(AddDisk, sink: new ListedSink(told), source: source);
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alerts where rule = 'disk-full' and told = 1") == 1, "it is told");
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alert_leases") == 1, "the other database serves");
        source.IsOn = false;
        await Eventually.HoldsAsync(() => told.Any(static alert => alert is { Rule: "disk-full", IsResolved: true }), "it is over");
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alerts where rule = 'disk-full' and resolved_at is not null") == 1, "the end is kept there");
        place.SupabaseLine.Calm();

        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alerts where rule = 'disk-full' and resolved_at is not null") == 1, "it is over in the home database");
        Assert.DoesNotContain(await node.Monitoring.Alerts.ListAsync(openOnly: true), static state => state.Rule == "disk-full");
        Assert.Single(told, static alert => alert is { Rule: "disk-full", IsResolved: true });
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alert_nodes") == 0, "the node has left the other one");
    }

    [Fact]
    public async Task What_nobody_can_read_does_not_end_the_sharing()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var source = new Switch();
        await place.StartAsync(AddDisk, sink: new ListedSink(told), source: source);
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alert_leases") == 1, "the node has the lease");
        await MonitoredPlace.AskAsync<int>(place.Supabase, "with other as (insert into dualdb.alert_nodes (application, node, signals, seen_at) values ('shop', gen_random_uuid(), '{', clock_timestamp() + interval '10 seconds') returning 1) select 1 from other");
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alert_leases") == 1, "the other database serves");
        await MonitoredPlace.AskAsync<long>(place.Supabase, "with gone as (delete from dualdb.alert_nodes where signals = '{' returning 1) select count(*) from gone");
        var seen = await MonitoredPlace.AskAsync<DateTime>(place.Supabase, "select max(seen_at) from dualdb.alert_nodes");

        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<DateTime>(place.Supabase, "select max(seen_at) from dualdb.alert_nodes") > seen, "the node shares through the home database again");
    }

    [Fact]
    public async Task A_log_that_outgrows_its_retention_is_told()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var node = await place.StartAsync(static options => options.Alerts.Rules[AlertRules.LogOutgrown].For = TimeSpan.Zero, syncs: true, sink: new ListedSink(told));

        // Whatever is removed by age waits for a transaction that began before it.
        await using var source = Npgsql.NpgsqlDataSource.Create(place.Neon);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var writes = new Npgsql.NpgsqlCommand("select pg_current_xact_id()", connection, transaction))
        {
            await writes.ExecuteScalarAsync();
        }

        await node.Db.Orders.InsertAsync(new Order { Id = Guid.NewGuid(), BuyerId = Guid.NewGuid(), Total = 1 });
        await MonitoredPlace.AskAsync<long>(place.Neon, "with older as (update dualdb.change_log set recorded_at = recorded_at - interval '27 hours' returning 1) select count(*) from older");
        await Eventually.HoldsAsync(() => told.Any(static alert => alert is { Rule: AlertRules.LogOutgrown, IsResolved: false }), "it is told");

        var alert = told.First(static alert => alert.Rule == AlertRules.LogOutgrown);
        Assert.Equal(("neon", AlertSeverity.Warning), (alert.Subject, alert.Severity));
        Assert.Contains("holds changes that are 27 h old, and should for 24 h", alert.Words, StringComparison.Ordinal);
    }

    private static void AddDisk(MonitoringOptions options) => options.Alerts.Rules.Add(new AlertRule("disk-full", "The disk is full.", AlertSeverity.Warning, TimeSpan.Zero));

    [Fact]
    public async Task What_a_node_sees_another_tells_and_it_is_kept()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var first = await place.StartAsync(AddDisk, sink: new ListedSink(told));
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alert_leases") == 1, "the first has the lease");
        var source = new Switch();
        var second = await place.StartAsync(AddDisk, sink: new ListedSink(told), source: source);
        source.IsOn = true;
        await Eventually.HoldsAsync(() => !told.IsEmpty, "it is told");
        source.IsOn = false;
        await Eventually.HoldsAsync(async () => (await second.Monitoring.Alerts.ListAsync()) is [{ ResolvedAt: not null }], "it is kept that it is over");

        Assert.Equal([false, true], told.Select(static alert => alert.IsResolved));
        Assert.Empty(await first.Monitoring.Alerts.ListAsync(openOnly: true));
    }

    [Fact]
    public async Task A_silence_holds_for_its_rule_until_it_ends()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var source = new Switch { IsOn = true };
        var node = await place.StartAsync(static options => options.Alerts.Rules.Add(new AlertRule("disk-full", "The disk is full.", AlertSeverity.Warning, TimeSpan.Zero)), starts: false, sink: new ListedSink(told), source: source);
        await node.Monitoring.Alerts.SilenceAsync(TimeSpan.FromHours(1), "ann", "new disks", AlertRules.SyncLag);
        var silence = await node.Monitoring.Alerts.SilenceAsync(TimeSpan.FromHours(1), "ann", "new disks", "disk-full");
        await node.StartAsync();
        await Eventually.HoldsAsync(async () => await node.Monitoring.Alerts.ListAsync() is [{ Told: 0 }], "it fires, and is not told");

        Assert.Empty(told);
        Assert.Equal(2, (await node.Monitoring.Alerts.SilencesAsync()).Count);
        Assert.True(await node.Monitoring.Alerts.EndSilenceAsync(silence.Id));
        await Eventually.HoldsAsync(() => told.Count == 1, "it is told");
        Assert.False(await node.Monitoring.Alerts.EndSilenceAsync(silence.Id));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => node.Monitoring.Alerts.SilenceAsync(TimeSpan.FromHours(1), "ann", "new disks", "disk-fool"));
    }

    [Fact]
    public async Task A_silence_holds_also_while_the_database_is_away_that_knows_of_it()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var told = new ConcurrentQueue<Alert>();
        var node = await place.StartAsync(starts: false, sink: new ListedSink(told));
        await node.Monitoring.Alerts.SilenceAsync(TimeSpan.FromHours(1), "ann", "new disks");
        await node.StartAsync();
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.alert_leases") == 1, "the node has the lease");
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Neon, "select count(*) from dualdb.alerts") == 1, "the other database is told of the alert");

        Assert.Empty(told);
    }

    private sealed class ListedSink(ConcurrentQueue<Alert> told) : IAlertSink
    {
        public Task SendAsync(Alert alert, CancellationToken cancellationToken)
        {
            told.Enqueue(alert);
            return Task.CompletedTask;
        }
    }

    private sealed class Switch : IAlertSource
    {
        public bool IsOn { get; set; }

        public IEnumerable<AlertSignal> Signals() => IsOn ? [new AlertSignal("disk-full", "", "The disk is full.")] : [];
    }
}
