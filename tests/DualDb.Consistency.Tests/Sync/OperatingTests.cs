using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>What operators see and do.</summary>
public sealed class OperatingTests(ConsistencyServers places)
{
    [Theory]
    [InlineData(ConflictWinner.Source, null, "neon")]
    [InlineData(ConflictWinner.Target, null, "supabase")]
    [InlineData(ConflictWinner.Merged, """{"id": 1, "name": "both"}""", "both")]
    [InlineData(ConflictWinner.Merged, null, null)]
    public async Task An_open_conflict_is_decided_for_both_sides(ConflictWinner winner, string? row, string? expected)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Manual)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'base')");
        await place.SettleAsync();
        await place.StopAsync();
        await place.NeonAsync("update items set name = 'neon'");
        await place.SupabaseAsync("update copies set title = 'supabase'");
        await place.StartAsync();
        await place.SettleAsync();

        var conflict = Assert.Single(await place.Sync.Conflicts.ListAsync(openOnly: true));
        Assert.Equal((ConflictWinner.Open, "1", ConflictPolicy.Manual), (conflict.Winner, conflict.Key, conflict.Policy));
        Assert.Equal("neon", await place.SupabaseAsync("select title from copies"));
        Assert.True(await place.Sync.Conflicts.ResolveAsync(conflict, winner, "ada", "a test", row));
        Assert.False(await place.Sync.Conflicts.ResolveAsync(conflict, winner, "ada", "a test", row));
        await place.SettleAsync();
        Assert.Equal(expected, await place.NeonAsync("select name from items"));
        Assert.Equal(expected, await place.SupabaseAsync("select title from copies"));
        Assert.Empty(await place.Sync.Conflicts.ListAsync(openOnly: true));
        Assert.Equal("ada", Assert.Single(await place.Sync.Conflicts.ListAsync()).ResolvedBy);
    }

    [Fact]
    public async Task What_is_put_aside_is_listed_tried_again_and_given_up()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, stock) values (1, -1), (2, -2), (3, 3)");
        await place.SettleAsync();
        var parked = await place.Sync.ParkedAsync();
        Assert.Equal(["1", "2"], parked.Select(static change => change.Key));
        Assert.Equal(2, Assert.Single(await place.Sync.StatusAsync()).Parked);
        Assert.True(await place.Sync.DiscardParkedAsync(parked[0]));
        Assert.False(await place.Sync.DiscardParkedAsync(parked[0]));
        await place.SupabaseAsync("alter table copies drop constraint copies_stock_check");
        await place.Sync.RetryParkedAsync();
        await Eventually.HoldsAsync(async () => (await place.Sync.ParkedAsync()).Count == 0, "an empty list");
        Assert.Equal("2,3", await place.SupabaseAsync("select string_agg(item_id::text, ',' order by item_id) from copies"));
    }

    [Fact]
    public async Task A_conflict_that_cannot_be_decided_is_put_aside_and_the_others_go_on()
    {
        var map = Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Custom);
        map = new SyncMap
        {
            Name = map.Name, Source = map.Source, Target = map.Target, Columns = map.Columns, Direction = map.Direction, OnConflict = map.OnConflict,
            Resolver = static conflict => conflict.Key == "1" ? throw new InvalidOperationException("no idea") : ConflictDecision.TakeTarget(conflict),
        };
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id, name) values (1, 'neon'), (2, 'neon')");
        await place.SupabaseAsync("insert into copies (item_id, title) values (1, 'supabase'), (2, 'supabase'), (3, 'supabase')");
        await place.StartAsync();
        await place.SettleAsync();
        Assert.Equal("neon,supabase,supabase", await place.NeonAsync("select string_agg(name, ',' order by id) from items"));
        Assert.Contains("no idea", Assert.Single(await place.Sync.ParkedAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_lacks_a_column_of_the_map_is_put_aside_instead_of_emptying_it_on_the_other_side()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'one'), (2, 'two')");
        await place.SettleAsync();
        await place.NeonAsync("alter table items rename name to label; update items set stock = 1 where id = 1; delete from items where id = 2");
        await place.SettleAsync();
        var parked = Assert.Single(await place.Sync.ParkedAsync());
        Assert.Contains("has no column name: public.items in Neon was altered", parked.Error, StringComparison.Ordinal);
        Assert.Equal("one", await place.SupabaseAsync("select string_agg(title, ',') from copies"));

        await place.NeonAsync("alter table items rename label to name; update items set stock = 2");
        await Eventually.HoldsAsync(async () => (await place.Sync.ParkedAsync()).Count == 2, "the next change, behind the first");
        await place.Sync.DiscardParkedAsync(parked);
        await place.Sync.RetryParkedAsync();
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select title || ' ' || stock from copies") is "one 2", "the next change");
    }

    [Fact]
    public async Task A_decision_counts_a_row_up_so_that_nobody_takes_the_one_that_lost_for_the_one_that_won()
    {
        const string Columns = "(id bigint primary key, name text, version integer not null default 1)";
        var map = new SyncMap
        {
            Name = "counted",
            Source = new SyncTable(Database.Neon, "public", "counted"),
            Target = new SyncTable(Database.Supabase, "public", "counted"),
            Direction = SyncDirection.TwoWay,
            Columns = [new SyncColumn("id", "id") { IsKey = true }, new SyncColumn("name", "name"), new SyncColumn("version", "version") { IsVersion = true }],
        };
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], "create table counted " + Columns, "create table counted " + Columns);
        await place.StartAsync();
        await place.NeonAsync("insert into counted values (1, 'base', 1)");
        await place.SettleAsync();
        await place.StopAsync();
        await place.NeonAsync("update counted set name = 'neon', version = 2");
        await place.SupabaseAsync("update counted set name = 'supabase', version = 2; update counted set name = 'again', version = 3");
        await place.StartAsync();
        await place.SettleAsync();
        Assert.Equal("neon 4", await place.NeonAsync("select name || ' ' || version from counted"));
        Assert.Equal("neon 4", await place.SupabaseAsync("select name || ' ' || version from counted"));
    }

    [Fact]
    public async Task What_was_carried_leaves_the_log_when_it_is_old_also_with_several_parts()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies, static options => options.Parts = 3);
        await place.NeonAsync("insert into items (id) select generate_series(1, 100)");
        Assert.Equal(0L, await new ChangeLog.ChangeLogPurge(place.Db.Neon).RunAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        await place.StartAsync(static options => (options.Parts, options.Retention) = (3, TimeSpan.Zero));
        await place.SettleAsync();
        Assert.Equal(100L, await place.SupabaseAsync("select count(*) from copies"));
        await place.NeonAsync("delete from items");
        await place.SettleAsync();

        // A node looks after the log when it begins, and then each minute. What other tests have open on this server holds it back.
        await Eventually.HoldsAsync(
            async () =>
            {
                await place.StopAsync();
                var node = await place.StartAsync(static options => (options.Parts, options.Retention) = (3, TimeSpan.Zero));
                await Eventually.HoldsAsync(() => node.States.All(static state => state.IsHeld), "a node");
                await place.SettleAsync();
                return (long)(await place.NeonAsync("select count(*) from dualdb.change_log"))! == 0;
            },
            "an empty log");
    }

    [Fact]
    public async Task A_table_that_was_truncated_stops_the_direction()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        await place.NeonAsync("truncate items");
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped is not null, "the stop");
        Assert.Contains("public.items in Neon was truncated", (await place.Sync.StatusAsync()).Single().Stopped, StringComparison.Ordinal);
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from copies"));
        await place.Sync.ResumeAsync(Database.Neon);
        await place.NeonAsync("insert into items (id) values (2)");
        await place.SettleAsync();
        await place.Sync.RepairAsync(await place.Sync.VerifyAsync());
        Assert.Equal("2", await place.SupabaseAsync("select string_agg(item_id::text, ',') from copies"));
    }

    [Fact]
    public async Task What_waits_is_counted_and_its_age_is_told()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id) select generate_series(1, 30)");
        var status = Assert.Single(await place.Sync.StatusAsync());
        Assert.Equal((30, false), (status.Pending, status.IsHeld));
        Assert.True(status.OldestAge > TimeSpan.Zero);
        await place.StartAsync();
        await place.SettleAsync();
        status = Assert.Single(await place.Sync.StatusAsync());
        Assert.Equal((0, true), (status.Pending, status.IsHeld));
    }
}
