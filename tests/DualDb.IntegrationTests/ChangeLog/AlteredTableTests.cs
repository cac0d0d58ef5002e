using DualDb.ChangeLog;
using DualDb.IntegrationTests.Repositories.Places;
using Npgsql;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Tables that are altered by hand, while sessions have the functions of their triggers at hand: no write fails for that.</summary>
public sealed class AlteredTableTests(ChangeLogPlace place) : IClassFixture<ChangeLogPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_writes_on_when_the_type_of_a_key_has_changed()
    {
        var table = await place.CreateTableAsync("id int primary key, name text", ["id"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using var session = await place.Writers.OpenConnectionAsync(Token);
        for (var i = 0; i < 10; i++)
        {
            await ExecuteAsync(session, $"insert into {table} values ({i})");
        }

        await place.ExecuteAsync($"alter table {table} alter column id type bigint");
        await ExecuteAsync(session, $"insert into {table} values (5000000000)");
        await place.ExecuteAsync($"alter table {table} alter column id type text, add column added timestamptz");
        await ExecuteAsync(session, $"insert into {table} values ('a', 'b', now())");
        Assert.Equal(["{\"id\": 5000000000}", "{\"id\": \"a\"}"], (await follower.ReadAsync()).Skip(10).Select(static change => change.Key));
    }

    [Fact]
    public async Task A_key_that_was_renamed_is_null_until_the_table_is_put_under_the_log_again()
    {
        var table = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key, name text", ["id"], table);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using var session = await place.Writers.OpenConnectionAsync(Token);
        await ExecuteAsync(session, $"insert into {table} values (1)");
        await place.ExecuteAsync($"alter table {table} rename column id to number");
        await ExecuteAsync(session, $"insert into {table} values (2); update {table} set name = 'a' where number = 2; delete from {table} where number = 2");
        Assert.Equal(["{\"id\": 1}", "{\"id\": null}", "{\"id\": null}", "{\"id\": null}"], (await follower.ReadAsync()).Select(static change => change.Key));

        await place[Endpoint.Direct].InstallAsync(ChangeLogTriggers.Create("public", table, ["number"]));
        await ExecuteAsync(session, $"insert into {table} values (3)");
        Assert.Equal("{\"number\": 3}", Assert.Single(await follower.ReadAsync()).Key);
    }

    [Fact]
    public async Task The_owner_of_the_log_needs_no_right_on_the_schema_of_a_table()
    {
        var role = $"owner_{Guid.NewGuid():n}";
        var writer = await place.ScalarAsync("select current_user");
        await place.ExecuteAsync($"""
            create role {role} nologin;
            grant usage, create on schema dualdb to {role};
            grant select, insert, update on dualdb.logged_tables, dualdb.sync_tables, dualdb.change_log to {role};
            grant execute on function dualdb.settings_of(regclass) to {role};
            alter function dualdb.write_insert_logs(integer) owner to {role};
            create schema apart;
            create table apart.items (id int primary key);
            """);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], "items");
        await place.ExecuteAsync("select dualdb.log_table('apart', 'items', array['id']); insert into apart.items values (1)");
        Assert.Equal("apart", Assert.Single(await follower.ReadAsync()).Schema);
        await place.ExecuteAsync($"alter function dualdb.write_insert_logs(integer) owner to {writer}");
    }

    [Fact]
    public async Task Odd_columns_are_told()
    {
        await place.ExecuteAsync("create type mood as enum ('glad', 'sad'); create type pair as (a int, b timestamptz); create domain small as int check (value < 10)");
        var table = await place.CreateTableAsync("gone int, \"Id\" small, mood mood, pair pair, moods mood[], at timestamptz[], double int generated always as (\"Id\" * 2) stored, primary key (\"Id\", mood)", ["Id", "mood"]);
        await place.ExecuteAsync($"alter table {table} drop column gone");
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await place.ExecuteAsync($"begin; set local timezone = 'Asia/Kolkata'; set local standard_conforming_strings = off; insert into {table} values (1, 'sad', row(1, '2026-11-22 12:00:00+00'), '{{sad}}', array['2026-11-22 12:00:00+00'::timestamptz]); commit");
        var change = Assert.Single(await follower.ReadAsync());
        Assert.Equal("""{"Id": 1, "mood": "sad"}""", change.Key);
        Assert.Equal("""{"Id": 1, "at": ["2026-11-22T12:00:00+00:00"], "mood": "sad", "pair": {"a": 1, "b": "2026-11-22T12:00:00+00:00"}, "moods": ["sad"], "double": 2}""", change.New);
    }

    /// <summary>Such a copy, as of a branch without data, has the functions of inserts and not the list of whose they are.</summary>
    [Fact]
    public async Task A_copy_without_rows_gives_no_table_the_function_of_another()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key", ["id"], name);
        var used = await place.ScalarAsync("select max(id) from dualdb.logged_tables");
        await place.ExecuteAsync("truncate dualdb.logged_tables restart identity");
        await place.ExecuteAsync($"do $$ begin for i in 1..{used} loop execute 'create table more_' || i || ' (id int primary key)'; perform dualdb.log_table('public', 'more_' || i, array['id']); end loop; end $$");
        var follower = await Follower.StartAsync(place[Endpoint.Direct], name);
        await place.ExecuteAsync($"insert into {name} values (1)");
        Assert.Equal("{\"id\": 1}", Assert.Single(await follower.ReadAsync()).Key);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
