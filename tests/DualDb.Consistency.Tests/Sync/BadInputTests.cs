using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Tables that are not what a map takes them for, and values that two databases may see in two ways.</summary>
public sealed class BadInputTests(ConsistencyServers places)
{
    private const string Unlogged = "begin; set local session_replication_role = replica; ";

    [Fact]
    public async Task A_copy_without_a_key_says_what_is_missing_and_what_waits_arrives_when_it_is_there()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies.Replace(" primary key", "", StringComparison.Ordinal));
        var node = await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'one'), (2, 'two')");
        await Eventually.HoldsAsync(() => node.Conditions().Any(static condition => condition.Words.Contains("no unique or exclusion constraint", StringComparison.Ordinal)), "the reason");
        Assert.Equal(2L, (await place.Sync.StatusAsync()).Single().Pending);

        await place.SupabaseAsync("alter table copies add primary key (item_id)");
        await place.SettleAsync();
        Assert.Equal("one,two", await place.SupabaseAsync("select string_agg(title, ',' order by item_id) from copies"));
    }

    [Fact]
    public async Task Values_without_equality_or_of_their_own_kind_are_carried_as_they_are_and_compared_by_what_they_mean()
    {
        const string Columns = "(id bigint primary key, j json, f double precision, n numeric, c text)";
        var map = Map("kinds", "j", "f", "n", "c");
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], "create table kinds " + Columns, "create table kinds (id bigint primary key, j json, f double precision, n numeric(20, 6), c text collate \"C\")");
        await place.StartAsync();
        await place.NeonAsync("""
            insert into kinds values (1, '{"b" : 1, "a":[2]}', 'NaN', 'NaN', 'ä'), (2, 'null', '-Infinity', 1.10, 'Z'), (3, null, '-0', 123456789012.5, 'a'), (4, '1', 1e-300, 0, '')
            """);
        await place.SettleAsync();
        Assert.Empty(await place.Sync.ParkedAsync());
        Assert.Equal("NaN NaN;-Infinity 1.100000;0 123456789012.500000;1e-300 0.000000", await place.SupabaseAsync("select string_agg(f || ' ' || n, ';' order by id) from kinds"));

        // Zero has lost its sign on the way through JSON, which PostgreSQL takes for no difference.
        Assert.Equal("[2]", await place.SupabaseAsync("select j -> 'a' from kinds where id = 1"));
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);

        await place.SupabaseAsync(Unlogged + "update kinds set f = 0.5 where id = 1; update kinds set n = 1.2 where id = 2; commit");
        Assert.Equal(["""{"id": 1}""", """{"id": 2}"""], (await place.Sync.VerifyAsync()).Maps[0].Differences.Select(static difference => difference.Key));
    }

    [Fact]
    public async Task A_number_that_the_other_side_rounds_is_found_by_the_comparison_and_one_that_it_cannot_hold_is_put_aside()
    {
        await using var place = await SyncPlace.CreateAsync(
            places.Servers, [Map("kinds", "n")], "create table kinds (id bigint primary key, n numeric)", "create table kinds (id bigint primary key, n numeric(5, 2))");
        await place.StartAsync();
        await place.NeonAsync("insert into kinds values (1, 1.5), (2, 1.005), (3, 123456)");
        await place.SettleAsync();
        Assert.Contains("numeric field overflow", Assert.Single(await place.Sync.ParkedAsync()).Error, StringComparison.Ordinal);
        var differences = (await place.Sync.VerifyAsync()).Maps[0].Differences;
        Assert.Equal([DifferenceKind.Different, DifferenceKind.MissingInTarget], differences.Select(static difference => difference.Kind));
        Assert.Contains("numeric field overflow", differences[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_either_sides_collation_orders_differently_are_compared_in_one_order()
    {
        const string Copies = "create table words (id text collate \"C\" primary key, n integer)";
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Map("words", "n")], "create table words (id text collate \"und-x-icu\" primary key, n integer)", Copies);
        await place.StartAsync(static options => options.PageSize = 500);
        await place.NeonAsync("insert into words select (array['a', 'B', 'ä', 'Z', '_', 'é'])[1 + n % 6] || n, n from generate_series(1, 600) n");
        await place.SettleAsync();
        var report = await place.Sync.VerifyAsync(new VerificationOptions { BlockSize = 20 });
        Assert.True(report.IsEqual, report.ToTable());
        await place.SupabaseAsync(Unlogged + "delete from words where n = 300; commit");
        Assert.Equal(DifferenceKind.MissingInTarget, Assert.Single((await place.Sync.VerifyAsync(new VerificationOptions { BlockSize = 20 })).Maps[0].Differences).Kind);
    }

    [Fact]
    public async Task A_column_that_was_renamed_in_the_copy_is_named_and_what_waits_arrives_when_it_is_back()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var node = await place.StartAsync();
        await place.SupabaseAsync("alter table copies rename title to label");
        await place.NeonAsync("insert into items (id, name) values (1, 'one'), (2, 'two')");
        await Eventually.HoldsAsync(() => node.Conditions().Any(static condition => condition.Words.Contains("title", StringComparison.Ordinal)), "the name of the column");
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from copies"));

        await place.SupabaseAsync("alter table copies rename label to title");
        await place.SettleAsync();
        Assert.Equal("one,two", await place.SupabaseAsync("select string_agg(title, ',' order by item_id) from copies"));
    }

    private static SyncMap Map(string table, params string[] columns) => new()
    {
        Name = table,
        Source = new SyncTable(Database.Neon, "public", table),
        Target = new SyncTable(Database.Supabase, "public", table),
        Columns = [new SyncColumn("id", "id") { IsKey = true }, .. columns.Select(static name => new SyncColumn(name, name))],
    };
}
