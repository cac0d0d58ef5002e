using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Nodes of two versions of an application at once, of which one has maps that the other does not.</summary>
public sealed class RecordedMapsTests(ConsistencyServers places)
{
    private const string Notes = "create table notes (id bigint primary key, label text)";

    private static readonly SyncMap Items = Maps.Of(SyncDirection.OneWay);

    private static readonly SyncMap Cards = new()
    {
        Name = "cards",
        Source = new SyncTable(Database.Neon, "public", "notes"),
        Target = new SyncTable(Database.Supabase, "public", "cards"),
        Columns = [new SyncColumn("id", "id") { IsKey = true }, new SyncColumn("label", "label")],
    };

    [Fact]
    public async Task What_a_new_map_needs_is_not_passed_over_by_a_node_that_does_not_have_it()
    {
        await using var place = await CreateAsync([Items]);
        await StartHeldAsync(place);
        await place.With([Items, Cards]).InstallAsync();
        await place.NeonAsync("insert into notes values (1, 'needed')");
        await place.NeonAsync("insert into items (id) values (1)");
        await place.StartAsync(maps: [Items, Cards]);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 1L, "what both have");
        await place.StopAsync();

        await place.StartAsync(maps: [Items, Cards]);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select label from cards") is "needed", "what the new one needs");
    }

    [Fact]
    public async Task A_map_that_has_got_a_column_is_left_alone_by_a_node_that_lacks_it()
    {
        await using var place = await CreateAsync([Without(Items, "stock")]);
        await place.NeonAsync("insert into items (id, stock) values (1, 1)");
        await StartHeldAsync(place);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 1L, "the row");
        await place.With([Items]).InstallAsync();
        await place.NeonAsync("update items set stock = 2, name = 'later'");
        await place.StartAsync(maps: [Items]);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select title from copies") is "later", "the change");

        Assert.Equal(2, await place.SupabaseAsync("select stock from copies"));
    }

    [Fact]
    public async Task A_node_that_is_behind_takes_nothing_back_when_it_installs()
    {
        await using var place = await CreateAsync([Items]);
        await place.With([Maps.Of(SyncDirection.TwoWay)]).InstallAsync();
        await place.Sync.InstallAsync();

        Assert.Equal("primary", await place.NeonAsync("select role from dualdb.sync_tables"));
    }

    [Fact]
    public async Task Two_applications_with_maps_of_their_own_do_not_take_the_direction_from_each_other()
    {
        await using var place = await CreateAsync([Items]);
        await StartHeldAsync(place);
        var refusal = await Assert.ThrowsAsync<DualDbConfigurationException>(() => place.With([Cards]).InstallAsync());
        Assert.Contains("(items), and it brings others (cards)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ForgetAsync", refusal.Message, StringComparison.Ordinal);

        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from copies"));
    }

    [Fact]
    public async Task A_node_that_must_leave_a_direction_to_others_says_so()
    {
        await using var place = await CreateAsync([Items]);
        var node = await StartHeldAsync(place);
        await place.With([Items, Cards]).InstallAsync();
        await place.With([Items, Cards]).ForgetAsync("items");
        await Eventually.HoldsAsync(() => node.States.Single() is { IsHeld: false, Fault: not null }, "the node's word");
        var status = Assert.Single(await place.Sync.StatusAsync());
        Assert.False(status.IsHeld);
        Assert.Contains("does not have, or has in an earlier form: cards", status.Fault, StringComparison.Ordinal);
        Assert.Null(node.Failure);

        await place.With([Items, Cards]).InstallAsync();
        var later = await place.StartAsync(maps: [Items, Cards]);
        await Eventually.HoldsAsync(() => later.States.Single() is { IsHeld: true, Fault: null }, "the other node");
        Assert.Null(Assert.Single(await place.With([Items, Cards]).StatusAsync()).Fault);
    }

    [Fact]
    public async Task A_new_map_of_a_table_with_rows_needs_a_backfill_until_it_has_had_one()
    {
        await using var place = await CreateAsync([Items]);
        Assert.Empty(Assert.Single(await place.Sync.StatusAsync()).NeedsBackfill);
        await place.NeonAsync("insert into notes values (1, 'early')");
        var later = place.With([Items, Cards]);
        await later.InstallAsync();
        Assert.Equal(["cards"], Assert.Single(await later.StatusAsync()).NeedsBackfill);

        var node = await place.StartAsync(maps: [Items, Cards]);
        await Eventually.HoldsAsync(() => node.States.Single().NeedingBackfill is ["cards"], "the node's word");
        await later.BackfillAsync("cards");
        Assert.Empty(Assert.Single(await later.StatusAsync()).NeedsBackfill);
        Assert.Equal("early", await place.SupabaseAsync("select label from cards"));
    }

    [Fact]
    public async Task What_an_earlier_version_has_installed_is_brought_to_this_one_and_goes_on()
    {
        await using var place = await CreateAsync([Items]);
        await place.NeonAsync("insert into items (id) values (1)");
        foreach (var run in new[] { place.NeonAsync, (Func<string, Task<object?>>)place.SupabaseAsync })
        {
            await run("""
                drop table dualdb.sync_maps, dualdb.sync_held, dualdb.sync_alerts, dualdb.sync_pauses; alter table dualdb.sync_positions drop column keeps_position, drop column is_partial; alter table dualdb.sync_positions rename last_change_id to last_change; alter table dualdb.sync_positions rename stepped_at to moved_at;
                update dualdb.schema_versions set version = 2 where module = 'sync'
                """);
        }

        await place.Sync.InstallAsync();
        await place.StartAsync();
        await place.SettleAsync();
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from copies"));
        Assert.Empty(Assert.Single(await place.Sync.StatusAsync()).NeedsBackfill);
    }

    private Task<SyncPlace> CreateAsync(IReadOnlyList<SyncMap> maps)
        => SyncPlace.CreateAsync(places.Servers, maps, Maps.Items + "; " + Notes, Maps.Copies + "; " + Notes.Replace("notes", "cards", StringComparison.Ordinal));

    private static async Task<Consistency.Sync.Running.SyncService> StartHeldAsync(SyncPlace place)
    {
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(() => node.States.All(static state => state.IsHeld), "a node");
        return node;
    }

    private static SyncMap Without(SyncMap map, string column) => new()
    {
        Name = map.Name, Source = map.Source, Target = map.Target, Direction = map.Direction, OnConflict = map.OnConflict,
        Columns = [.. map.Columns.Where(candidate => candidate.Target != column)],
    };
}
