using DualDb.ChangeLog;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>Tables whose changes are captured are altered, and nothing of them is lost meanwhile.</summary>
public sealed class CaptureTests(MigrationServers servers)
{
    private const string LastChange = "select operation || ' ' || table_name || ' ' || key::text || ' ' || coalesce(new::text, '') from dualdb.change_log order by id desc limit 1";

    [Fact]
    public async Task Renamed_key_keeps_inserts_and_updates_captured_under_its_new_name_in_the_same_transaction()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_key", "alter table orders rename column id to order_id;\ninsert into other values (1);");
        var form = await FormAsync(place);

        var run = await place.Runner().MigrateAsync();

        Assert.Equal(new ChangedTable(MigrationId.Parse("neon/20260101T1300_key"), "public.orders", IsSynchronized: true, IsDropped: false), Assert.Single(run.ChangedTables));
        Assert.Equal(form + 1, await FormAsync(place));
        await place.AskNeonAsync<object?>("insert into orders values (7, 'x')");
        Assert.Equal("""I orders {"order_id": 7} {"note": "x", "order_id": 7}""", await place.AskNeonAsync<string>(LastChange));
        await place.AskNeonAsync<object?>("update orders set note = 'y'");
        Assert.Equal("""U orders {"order_id": 7} {"note": "y", "order_id": 7}""", await place.AskNeonAsync<string>(LastChange));
        Assert.Equal(form + 1, await place.AskNeonAsync<int>("select schema_version from dualdb.change_log order by id desc limit 1"));
    }

    [Fact]
    public async Task Table_that_is_made_anew_is_captured_and_the_one_that_had_its_name_is_not()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_anew", "alter table orders rename to orders_before; create table orders (id bigint primary key, note text, more int);");

        await place.Runner().MigrateAsync();

        await place.AskNeonAsync<object?>("insert into orders values (7, 'x', 1)");
        Assert.Equal("""I orders {"id": 7} {"id": 7, "more": 1, "note": "x"}""", await place.AskNeonAsync<string>(LastChange));
        var changes = await place.AskNeonAsync<long>("select count(*) from dualdb.change_log");
        await place.AskNeonAsync<object?>("insert into orders_before values (8, 'z')");
        Assert.Equal(changes, await place.AskNeonAsync<long>("select count(*) from dualdb.change_log"));
    }

    [Fact]
    public async Task Renamed_table_is_captured_under_its_new_name_and_other_tables_are_left_alone()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_name", "alter table orders rename to sales;");
        place.Write("neon/20260101T1400_other", "alter table other add more int;");

        var run = await place.Runner().MigrateAsync();

        Assert.Equal(["public.sales"], run.ChangedTables.Select(changed => changed.Table));
        await place.AskNeonAsync<object?>("insert into sales values (7, 'x')");
        Assert.Equal("""I sales {"id": 7} {"id": 7, "note": "x"}""", await place.AskNeonAsync<string>(LastChange));
        await place.AskNeonAsync<object?>("delete from sales");
        Assert.StartsWith("""D sales {"id": 7}""", await place.AskNeonAsync<string>(LastChange), StringComparison.Ordinal);
        Assert.True(await place.AskNeonAsync<bool>("select exists (select from dualdb.sync_tables where table_name = 'sales') and not exists (select from dualdb.logged_tables where table_name = 'orders')"));
    }

    [Fact]
    public async Task Triggers_that_a_migration_has_left_disabled_are_enabled()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_bulk", "alter table orders disable trigger user; insert into orders values (1, 'bulk');");
        var form = await FormAsync(place);

        Assert.Single((await place.Runner().MigrateAsync()).ChangedTables);

        await place.AskNeonAsync<object?>("insert into orders values (7, 'x')");
        Assert.Equal("""I orders {"id": 7} {"id": 7, "note": "x"}""", await place.AskNeonAsync<string>(LastChange));
        Assert.Equal(form, await FormAsync(place));
    }

    [Fact]
    public async Task Key_that_is_dropped_is_refused_and_all_stays_as_it_was()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_key", "alter table orders drop column id;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Contains("the key (id) from public.orders in Neon", failed.Message, StringComparison.Ordinal);
        await place.AskNeonAsync<object?>("insert into orders values (7, 'x')");
        Assert.Equal("""I orders {"id": 7} {"id": 7, "note": "x"}""", await place.AskNeonAsync<string>(LastChange));
    }

    [Fact]
    public async Task Dropped_table_is_told_and_one_that_only_a_cache_watches_has_no_form()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("delete from dualdb.sync_tables");
        place.Write("neon/20260101T1300_column", "alter table orders add more int;");
        Assert.False(Assert.Single((await place.Runner().MigrateAsync()).ChangedTables).IsSynchronized);
        place.Write("neon/20260101T1400_drop", "drop table orders;");

        Assert.True(Assert.Single((await place.Runner().MigrateAsync()).ChangedTables).IsDropped);
    }

    private static Task<int> FormAsync(MigrationPlace place) => place.AskNeonAsync<int>("select schema_version from dualdb.sync_tables");

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1200_orders", "create table orders (id bigint primary key, note text); create table other (id int primary key);");
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>(ChangeLogSchema.Create);
        await place.AskNeonAsync<object?>("insert into dualdb.sync_tables (table_schema, table_name, role, site, schema_version) values ('public', 'orders', 'source', 0, 41)");
        await place.AskNeonAsync<object?>(ChangeLogTriggers.Create("public", "orders", ["id"]));
        return place;
    }
}
