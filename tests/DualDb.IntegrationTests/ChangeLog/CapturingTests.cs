using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.ChangeLog;
using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>What the triggers write.</summary>
public sealed class CapturingTests(ChangeLogPlace place) : IClassFixture<ChangeLogPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Each_operation_is_told_with_key_and_rows(Endpoint endpoint)
    {
        var table = await place.CreateTableAsync("id int primary key, name text", ["id"]);
        var follower = await Follower.StartAsync(place[endpoint], table);
        await place.ExecuteAsync($"insert into {table} values (1, 'Ada'), (2, null)");
        await place.ExecuteAsync($"update {table} set name = 'Eva' where id = 1");
        await place.ExecuteAsync($"delete from {table} where id = 2");
        await place.ExecuteAsync($"truncate {table}");

        var changes = await follower.ReadAsync();
        Assert.Equal(
            [
                "Insert {\"id\": 1}  {\"id\": 1, \"name\": \"Ada\"}",
                "Insert {\"id\": 2}  {\"id\": 2, \"name\": null}",
                "Update {\"id\": 1} {\"id\": 1, \"name\": \"Ada\"} {\"id\": 1, \"name\": \"Eva\"}",
                "Delete {\"id\": 2} {\"id\": 2, \"name\": null} ",
                "Truncate   ",
            ],
            changes.Select(static change => $"{change.Operation} {change.Key} {change.Old} {change.New}"));
        Assert.All(changes, static change => Assert.Equal(("public", null, null), (change.Schema, change.NewKey, change.Origin)));
        Assert.Equal(changes[0].Transaction, changes[1].Transaction);
        Assert.True(changes[1].Transaction < changes[2].Transaction);
        Assert.All(changes, static change => Assert.InRange(change.RecordedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
    }

    [Fact]
    public async Task A_changed_key_is_told_before_and_after()
    {
        var table = await place.CreateTableAsync("shop text, number int, total numeric, primary key (shop, number)", ["number", "shop"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await place.ExecuteAsync($"insert into {table} values ('a', 1, 1.50)");
        await place.ExecuteAsync($"update {table} set number = 2");

        var changes = await follower.ReadAsync();
        Assert.Equal(2, changes.Count);
        AssertJson("""{"shop": "a", "number": 1}""", changes[0].Key);
        Assert.Null(changes[0].NewKey);
        AssertJson("""{"shop": "a", "number": 1}""", changes[1].Key);
        AssertJson("""{"shop": "a", "number": 2}""", changes[1].NewKey);
        AssertJson("""{"shop": "a", "number": 2, "total": 1.50}""", changes[1].New);
    }

    [Fact]
    public async Task An_update_that_changes_nothing_is_not_told()
    {
        var table = await place.CreateTableAsync("id int primary key, amount numeric, document json", ["id"]);
        await place.ExecuteAsync($$"""insert into {{table}} values (1, 1.0, '{"a": 1}')""");
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await place.ExecuteAsync($"update {table} set amount = 1.0, document = document");
        Assert.Empty(await follower.ReadAsync());

        // Equal as a number, another value all the same.
        await place.ExecuteAsync($"update {table} set amount = 1.00");
        Assert.Single(await follower.ReadAsync());
    }

    [Theory]
    [InlineData("My \"Table\"", "Key.Column", "it's; -- $dualdb$ $body$")]
    [InlineData("$dualdb$ $_dualdb$ 'x' \\ ü", "select", "$1")]
    [InlineData("a_name_of_exactly_sixty_three_bytes_as_long_as_they_may_ever_be", "also_a_key_of_exactly_sixty_three_bytes_as_long_as_they_may_be_", "%L %s")]
    public async Task Names_may_hold_anything(string name, string keyColumn, string otherColumn)
    {
        var (key, other) = (SqlFragment.Identifier(keyColumn), SqlFragment.Identifier(otherColumn));
        var table = await place.CreateTableAsync($"{key} text, {other} int, primary key ({key}, {other})", [keyColumn, otherColumn], name);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await place.ExecuteAsync($"insert into {table} values ('x', 7)");

        var change = Assert.Single(await follower.ReadAsync());
        Assert.Equal(name, change.Table);
        var logged = JsonNode.Parse(change.Key!)!.AsObject();
        Assert.Equal("x", (string?)logged[keyColumn]);
        Assert.Equal(7, (int?)logged[otherColumn]);
    }

    [Fact]
    public async Task A_role_without_rights_on_the_log_writes_under_row_level_security()
    {
        var table = await place.CreateTableAsync("id int primary key, owner text", ["id"]);
        var role = $"role_{Guid.NewGuid():n}";
        await place.ExecuteAsync($"""
            create role {role} nologin;
            grant select, insert, update, delete on {table} to {role};
            alter table {table} enable row level security;
            create policy own on {table} to {role} using (owner = 'me') with check (owner = 'me');
            insert into {table} values (1, 'me'), (2, 'other')
            """);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using var connection = await place.Writers.OpenConnectionAsync(Token);
        await ExecuteAsync(connection, $"begin; set local role {role}; update {table} set id = id + 10; insert into {table} values (20, 'me'); commit");

        Assert.Equal(["Update {\"id\": 1} {\"id\": 11}", "Insert {\"id\": 20} "], (await follower.ReadAsync()).Select(static change => $"{change.Operation} {change.Key} {change.NewKey}"));
        foreach (var forbidden in new[] { "select * from dualdb.change_log", "insert into dualdb.change_log (table_schema, table_name, operation) values ('x', 'x', 'T')", "delete from dualdb.change_log" })
        {
            var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ExecuteAsync(connection, $"begin; set local role {role}; {forbidden}"));
            Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
            await ExecuteAsync(connection, "rollback");
        }
    }

    [Fact]
    public async Task The_origin_is_what_the_transaction_says()
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using var connection = await place.Writers.OpenConnectionAsync(Token);
        await ExecuteAsync(connection, $"begin; set local dualdb.origin = 'elsewhere'; insert into {table} values (1); commit");
        await ExecuteAsync(connection, $"insert into {table} values (2)");

        Assert.Equal(["elsewhere", null], (await follower.ReadAsync()).Select(static change => change.Origin));
    }

    [Fact]
    public async Task Values_have_one_text_whatever_the_writers_session_says()
    {
        var table = await place.CreateTableAsync("at timestamptz primary key, span interval, part double precision, bytes bytea, day date", ["at"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        foreach (var settings in new[]
        {
            "set local timezone = 'UTC'",
            "set local timezone = 'Asia/Kolkata'; set local datestyle = 'German'; set local intervalstyle = 'postgres_verbose'; set local extra_float_digits = -3; set local bytea_output = 'escape'",
        })
        {
            await place.ExecuteAsync($"begin; {settings}; insert into {table} values ('2026-11-22 12:00:00+00', '1 day 2 hours', 0.1::float8 + 0.2, '\\x00ff', '2026-11-22'); delete from {table}; commit");
        }

        var changes = await follower.ReadAsync();
        Assert.Equal(4, changes.Count);
        Assert.Equal(changes[0].New, changes[2].New);
        AssertJson("""{"at": "2026-11-22T12:00:00+00:00", "span": "P1DT2H", "part": 0.30000000000000004, "bytes": "\\x00ff", "day": "2026-11-22"}""", changes[2].New);
    }

    /// <summary>The function of such a table looks at the settings itself, instead of setting them.</summary>
    [Fact]
    public async Task Values_of_types_that_few_settings_concern_have_one_text_as_well()
    {
        var table = await place.CreateTableAsync("at timestamptz primary key, part double precision, bytes bytea[], day date", ["at"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        foreach (var settings in new[]
        {
            "set local timezone = 'UTC'; set local extra_float_digits = 1; set local bytea_output = 'hex'", "set local timezone = 'Asia/Kolkata'", "set local extra_float_digits = -3", "set local bytea_output = 'escape'",
            "set local datestyle = 'German'",
        })
        {
            await place.ExecuteAsync($"begin; {settings}; insert into {table} values ('2026-11-22 12:00:00+00', 0.1::float8 + 0.2, array['\\x00ff'::bytea], '2026-11-22'); delete from {table}; commit");
        }

        var inserted = (await follower.ReadAsync()).Where(static change => change.Operation == ChangeOperation.Insert).ToList();
        Assert.Equal(5, inserted.Count);
        Assert.Equal("""{"at": "2026-11-22T12:00:00+00:00"}""", Assert.Single(inserted.Select(static change => change.Key).Distinct()));
        AssertJson("""{"at": "2026-11-22T12:00:00+00:00", "part": 0.30000000000000004, "bytes": ["\\x00ff"], "day": "2026-11-22"}""", Assert.Single(inserted.Select(static change => change.New).Distinct()));
        Assert.Contains("if pg_catalog.current_setting", (string?)await place.ScalarAsync($"select p.prosrc from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = '{table}'::regclass and t.tgname = 'dualdb_change_log_insert'"), StringComparison.Ordinal);
    }

    /// <summary>It runs with its owner's rights: what a writer puts in its way would run with them.</summary>
    [Fact]
    public async Task What_a_writers_search_path_holds_is_never_called()
    {
        var table = await place.CreateTableAsync("id int primary key, at timestamptz not null default now(), name text", ["id"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await place.ExecuteAsync($"""
            create schema trap;
            create function trap.sprung(text, text) returns boolean language plpgsql as 'begin raise exception ''sprung''; end';
            create operator trap.= (function = trap.sprung, leftarg = text, rightarg = text);
            create operator trap.<> (function = trap.sprung, leftarg = text, rightarg = text);
            create function trap.to_jsonb(anyelement) returns jsonb language plpgsql as 'begin raise exception ''sprung''; end';
            create function trap.current_setting(text, boolean) returns text language plpgsql as 'begin raise exception ''sprung''; end';
            create domain trap.jsonb as text check (false);
            """);
        await place.ExecuteAsync($"begin; set local search_path = trap, pg_catalog, public; set local dualdb.origin = 'me'; insert into public.{table} (id, name) values (1, 'a'); commit");
        Assert.Equal("me", Assert.Single(await follower.ReadAsync()).Origin);
    }

    [Fact]
    public async Task Rows_of_partitions_are_told_as_the_tables()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place[Endpoint.Direct].InstallAsync(
            $"create table {name} (id int primary key) partition by range (id)",
            $"create table {name}_low partition of {name} for values from (0) to (10)",
            ChangeLogTriggers.Create("public", name, ["id"]),
            $"create table {name}_high partition of {name} for values from (10) to (20)");
        var follower = await Follower.StartAsync(place[Endpoint.Direct], name);
        await place.ExecuteAsync($"insert into {name} values (1), (11)");
        await place.ExecuteAsync($"truncate {name}");

        Assert.Equal(["Insert", "Insert", "Truncate"], (await follower.ReadAsync()).Select(static change => change.Operation.ToString()));
    }

    private static async Task ExecuteAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static void AssertJson(string expected, string? actual)
        => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual!)), string.Create(CultureInfo.InvariantCulture, $"{expected} is not {actual}"));
}
