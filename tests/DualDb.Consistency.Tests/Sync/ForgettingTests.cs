using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Maps that are removed.</summary>
public sealed class ForgettingTests(ConsistencyServers places)
{
    private static readonly SyncMap Items = Maps.Of(SyncDirection.OneWay);

    private static readonly SyncMap Cards = new()
    {
        Name = "cards",
        Source = new SyncTable(Database.Neon, "public", "notes"),
        Target = new SyncTable(Database.Supabase, "public", "cards"),
        Columns = [new SyncColumn("id", "id") { IsKey = true }, new SyncColumn("label", "label")],
    };

    [Fact]
    public async Task A_map_that_was_removed_holds_its_direction_until_it_is_forgotten()
    {
        const string Labels = " (id bigint primary key, label text)";
        await using var place = await SyncPlace.CreateAsync(
            places.Servers, [Items, Cards], Maps.Items + "; create table notes" + Labels, Maps.Copies + "; create table cards" + Labels + "; alter table cards add check (label <> 'bad')");
        await place.StartAsync();
        await place.NeonAsync("insert into notes values (1, 'bad')");
        await place.SettleAsync();
        Assert.Single(await place.Sync.ParkedAsync());
        await place.StopAsync();

        var later = place.With([Items]);
        await later.InstallAsync();
        var node = await place.StartAsync(maps: [Items]);
        await Eventually.HoldsAsync(() => node.States.Single().Fault is not null, "the node's word");
        await place.NeonAsync("insert into items (id) values (1)");
        Assert.Contains("ForgetAsync(\"cards\")", Assert.Single(await later.StatusAsync()).Fault, StringComparison.Ordinal);

        Assert.True(await later.ForgetAsync("cards"));
        Assert.False(await later.ForgetAsync("cards"));
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 1L, "the other map's row");
        Assert.Equal((0, null), (Assert.Single(await later.StatusAsync()).Parked, Assert.Single(await later.StatusAsync()).Fault));
        Assert.Equal("items", await place.NeonAsync("select string_agg(table_name, ',') from dualdb.sync_tables"));
        Assert.Equal(0L, await place.NeonAsync("select count(*) from pg_trigger where tgrelid = 'notes'::regclass"));
    }

    /// <summary>Nobody could decide them any more, and the health would stay degraded for ever.</summary>
    [Fact]
    public async Task Conflicts_of_a_map_that_was_forgotten_wait_for_nobody()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Manual)], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id, name) values (1, 'neon')");
        await place.SupabaseAsync("insert into copies (item_id, title) values (1, 'supabase')");
        await place.StartAsync();
        await Eventually.HoldsAsync(async () => (await place.Sync.Conflicts.ListAsync(openOnly: true)).Count == 1, "the conflict");
        await place.StopAsync();

        Assert.True(await place.With([]).ForgetAsync("items"));

        Assert.Empty(await place.Sync.Conflicts.ListAsync(openOnly: true));
        Assert.Equal("target: The map was forgotten.", await place.NeonAsync("select winner || ': ' || reason from dualdb.sync_conflicts"));
    }

    [Fact]
    public async Task The_log_is_held_for_no_map_that_was_forgotten_and_a_node_that_still_has_it_stays_up()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay)], Maps.Items, Maps.Copies);
        var node = await place.StartAsync();
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        Assert.True(await place.With([]).ForgetAsync("items"));

        Assert.Null(await place.NeonAsync("select held::text from dualdb.change_log_state") as string);
        Assert.Null(await place.SupabaseAsync("select held::text from dualdb.change_log_state") as string);
        await place.NeonAsync("insert into items (id) values (2)");
        Assert.Equal(0L, await place.NeonAsync("select count(*) from dualdb.sync_rows"));
        await Eventually.HoldsAsync(() => node.States.All(static state => state is { IsHeld: false, Fault: not null }), "the node's word");
        Assert.Null(node.Failure);
        await Eventually.HoldsAsync(async () =>
        {
            await new ChangeLog.ChangeLogPurge(place.Db.Neon).RunAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
            return await place.NeonAsync("select count(*) from dualdb.change_log") is 0L;
        }, "an empty log");

        // It can be had again: what was written meanwhile is for a backfill.
        await place.Sync.InstallAsync();
        Assert.All(await place.Sync.StatusAsync(), static status => Assert.Equal(["items"], status.NeedsBackfill));
        await place.Sync.BackfillAsync();
        Assert.Equal("1,2", await place.SupabaseAsync("select string_agg(item_id::text, ',' order by item_id) from copies"));
    }
}
