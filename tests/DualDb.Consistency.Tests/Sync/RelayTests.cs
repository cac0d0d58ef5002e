using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>What is carried to a table is no echo to those that have not had it.</summary>
public sealed class RelayTests(ConsistencyServers places)
{
    private const string Cards = "create table cards (id bigint primary key, label text)";

    private static SyncMap Card(SyncTable source, string label) => new()
    {
        Name = "cards",
        Source = source,
        Target = new SyncTable(source.Database == Database.Neon ? Database.Supabase : Database.Neon, "public", "cards"),
        Columns = [new SyncColumn(label == "name" ? "id" : "item_id", "id") { IsKey = true }, new SyncColumn(label, "label")],
    };

    [Fact]
    public async Task A_table_of_both_directions_hands_on_what_came_from_the_other_side_to_its_one_way_map()
    {
        var both = Maps.Of(SyncDirection.TwoWay, ConflictPolicy.LastWriterWins);
        await using var place = await SyncPlace.CreateAsync(places.Servers, [both, Card(both.Source, "name")], Maps.Items, Maps.Copies + "; " + Cards);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'neon')");
        await place.SupabaseAsync("insert into copies (item_id, title) values (2, 'supabase'), (3, 'supabase')");
        await place.SettleAsync();
        await place.SupabaseAsync("update copies set title = 'later' where item_id < 3; delete from copies where item_id = 3");
        await place.SettleAsync();
        Assert.Equal("1 later;2 later", await place.NeonAsync("select string_agg(id || ' ' || name, ';' order by id) from items"));
        Assert.Equal("1 later;2 later", await place.SupabaseAsync("select string_agg(id || ' ' || label, ';' order by id) from cards"));

        // Nothing of it goes back to where it came from.
        Assert.Equal("1 later;2 later", await place.SupabaseAsync("select string_agg(item_id || ' ' || title, ';' order by item_id) from copies"));
        Assert.Equal(0L, await place.NeonAsync("select count(*) from dualdb.sync_conflicts"));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.change_log where origin is not null"));
    }

    /// <summary>The copy has no value for what it brings itself: carried back, that would overwrite what was written here.</summary>
    [Fact]
    public async Task Two_maps_that_carry_columns_of_one_row_in_opposite_directions_do_not_answer_each_other()
    {
        var (items, copies) = (new SyncTable(Database.Neon, "public", "items"), new SyncTable(Database.Supabase, "public", "copies"));
        var names = new SyncMap { Name = "names", Source = items, Target = copies, Columns = [new SyncColumn("id", "item_id") { IsKey = true }, new SyncColumn("name", "title")] };
        var stocks = new SyncMap { Name = "stocks", Source = copies, Target = items, Columns = [new SyncColumn("item_id", "id") { IsKey = true }, new SyncColumn("stock", "stock")] };
        await using var place = await SyncPlace.CreateAsync(places.Servers, [names, stocks], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name, stock) values (1, 'a', 5)");
        await place.SettleAsync();
        await place.SettleAsync();
        Assert.Equal("1 a", await place.SupabaseAsync("select item_id || ' ' || title from copies"));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.change_log"));
        Assert.Equal(5, await place.NeonAsync("select stock from items"));
        await place.SupabaseAsync("update copies set stock = 7");
        await place.SettleAsync();
        Assert.Equal(7, await place.NeonAsync("select stock from items"));
    }

    [Fact]
    public async Task What_a_trigger_writes_to_another_table_when_a_row_arrives_is_carried()
    {
        var there = Maps.Of(SyncDirection.TwoWay);
        var notes = new SyncTable(Database.Supabase, "public", "notes");
        await using var place = await SyncPlace.CreateAsync(
            places.Servers,
            [there, Card(notes, "title")],
            Maps.Items + "; " + Cards,
            Maps.Copies + """
                ; create table notes (item_id bigint primary key, title text);
                create function note() returns trigger language plpgsql as $$ begin insert into notes values (new.item_id, 'arrived'); return null; end $$;
                create trigger note after insert on copies for each row execute function note()
                """);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'neon')");
        await place.SettleAsync();
        await place.SettleAsync();
        Assert.Equal("arrived", await place.NeonAsync("select label from cards"));
    }

    [Fact]
    public async Task A_log_that_nobody_follows_is_not_held()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.SupabaseAsync("insert into dualdb.change_log (table_schema, table_name, operation) values ('public', 'others', 'T')");

        // What other tests have open on this server is waited for; where the log were held, it would be so for ever.
        await Eventually.HoldsAsync(async () => await new ChangeLog.ChangeLogPurge(place.Db.Supabase).RunAsync(TimeSpan.Zero, TestContext.Current.CancellationToken) == 1, "the row's end");
    }
}
