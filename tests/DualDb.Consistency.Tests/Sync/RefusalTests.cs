using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>One row that cannot be carried, for whatever reason, holds up no other.</summary>
public sealed class RefusalTests(ConsistencyServers places)
{
    private const string Titles = "select string_agg(item_id || ' ' || coalesce(title, '-'), ';' order by item_id) from copies";

    [Theory]
    [InlineData("100 / stock", null)]
    [InlineData("name", "100 / stock > 0")]
    public async Task A_row_for_which_an_expression_fails_is_put_aside_and_the_others_go_on(string sql, string? filter)
    {
        var plain = Maps.Of(SyncDirection.OneWay);
        var map = new SyncMap { Name = plain.Name, Source = plain.Source, Target = plain.Target, Columns = [plain.Columns[0], new SyncColumn(null, "title") { Sql = $"({sql})::text" }], Filter = filter };
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name, stock) values (1, '50', 2), (2, '?', 0), (3, '20', 5)");
        await CarriedAsync(place, "1 50;3 20");
        var parked = Assert.Single(await place.Sync.ParkedAsync());
        Assert.Equal("2", parked.Key);
        Assert.Contains("division by zero", parked.Error, StringComparison.Ordinal);

        // A row that goes needs no expression.
        await place.NeonAsync("update items set stock = 0 where id = 1; delete from items where id = 3");
        await CarriedAsync(place, "1 50");
    }

    [Fact]
    public async Task A_constraint_that_is_checked_at_the_commit_refuses_a_row_and_not_the_page()
    {
        await using var place = await SyncPlace.CreateAsync(
            places.Servers,
            [Maps.Of(SyncDirection.OneWay)],
            Maps.Items,
            "create table groups (id integer primary key); insert into groups values (1); " + Maps.Copies + "; alter table copies add foreign key (stock) references groups deferrable initially deferred");
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name, stock) values (1, 'one', 1), (2, 'two', 2), (3, 'three', 1)");
        await CarriedAsync(place, "1 one;3 three");
        Assert.Contains("copies_stock_fkey", Assert.Single(await place.Sync.ParkedAsync()).Error, StringComparison.Ordinal);

        await place.SupabaseAsync("insert into groups values (2)");
        await CarriedAsync(place, "1 one;2 two;3 three");
    }

    [Theory]
    [InlineData("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not here' using errcode = 'PT409'; end $$; create trigger refuse before insert on copies for each row when (new.item_id = 2) execute function refuse()", "not here")]
    [InlineData("create index on copies (title)", "index row")]
    public async Task What_a_users_trigger_or_a_limit_refuses_is_put_aside(string obstacle, string error)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; " + obstacle);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'one'), (2, (select string_agg(md5(n::text), '') from generate_series(1, 1000) n)), (3, 'three')");
        await CarriedAsync(place, "1 one;3 three");
        Assert.Contains(error, Assert.Single(await place.Sync.ParkedAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_nested_deeply_is_carried()
    {
        const string Columns = "(id bigint primary key, document jsonb)";
        var map = new SyncMap
        {
            Name = "documents",
            Source = new SyncTable(Database.Neon, "public", "documents"),
            Target = new SyncTable(Database.Supabase, "public", "documents"),
            Direction = SyncDirection.TwoWay,
            OnConflict = ConflictPolicy.ColumnMerge,
            Columns = [new SyncColumn("id", "id") { IsKey = true }, new SyncColumn("document", "document")],
        };
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], "create table documents " + Columns, "create table documents " + Columns);
        await place.SupabaseAsync("insert into documents values (1, (repeat('[', 500) || repeat(']', 500))::jsonb)");
        await place.NeonAsync("insert into documents values (1, (repeat('[', 400) || repeat(']', 400))::jsonb)");
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(async () => node.Failure is not null || (long)(await place.NeonAsync("select count(*) from dualdb.sync_conflicts"))! == 1, "the conflict");
        Assert.Null(node.Failure);
        await place.SettleAsync();
        Assert.Equal(await place.NeonAsync("select document::text from documents"), await place.SupabaseAsync("select document::text from documents"));
    }

    [Fact]
    public async Task What_is_put_aside_while_its_row_is_tried_again_stays()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, stock) values (1, 1)");
        await place.NeonAsync("update items set stock = -1");
        await place.SettleAsync();
        await place.StopAsync();
        await place.SupabaseAsync("alter table copies drop constraint copies_stock_check");
        await using var holder = new NpgsqlConnection(place.Supabase);
        await holder.OpenAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select 1 from copies for update", holder, holding);
        await hold.ExecuteNonQueryAsync();
        await place.StartAsync();
        await place.Sync.RetryParkedAsync();
        await Eventually.HoldsAsync(async () => (long)(await place.SupabaseAsync("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))! == 1, "the attempt to wait for the row");

        // Another node puts the row's next change aside.
        await place.SupabaseAsync("""
            insert into dualdb.sync_parked (source, map, key, change_id, operation, old, new, base, version, recorded_at, next_attempt_at, error)
            select source, map, key, change_id + 1000, operation, old, new, base, version, recorded_at, 'infinity', 'behind' from dualdb.sync_parked
            """);
        await holding.CommitAsync();
        await Eventually.HoldsAsync(async () => (int)(await place.SupabaseAsync("select stock from copies"))! == -1, "the first change");
        Assert.Equal("behind", Assert.Single(await place.Sync.ParkedAsync()).Error);
    }

    [Fact]
    public async Task A_change_that_bears_the_number_of_another_one_that_is_put_aside_is_put_aside_too()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, stock) values (1, -1)");
        await place.SettleAsync();
        await place.StopAsync();

        // As after a restore of the source, which then gives out its numbers once more.
        var next = (long)(await place.NeonAsync("select last_value + 1 from dualdb.change_log_id_seq"))!;
        await place.SupabaseAsync($"update dualdb.sync_parked set change_id = {next}");
        await place.NeonAsync("insert into items (id, stock) values (2, -2)");
        await place.StartAsync();
        await place.SettleAsync();
        Assert.Equal("1,2", await place.SupabaseAsync("select string_agg(key, ',' order by id) from dualdb.sync_parked"));
    }

    private static Task CarriedAsync(SyncPlace place, string expected)
        => Eventually.HoldsAsync(async () => await place.SupabaseAsync(Titles) is string titles && titles == expected, expected);
}
