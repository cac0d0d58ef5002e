using DualDb.ChangeLog;
using DualDb.IntegrationTests.Connections;
using DualDb.IntegrationTests.Repositories.Places;
using Npgsql;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Creating the log and its triggers, again and again and from several processes.</summary>
public sealed class SchemaTests(ChangeLogPlace place, ShapeServers servers) : IClassFixture<ChangeLogPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_processes_may_create_it_at_once()
    {
        var address = await servers.Servers.Neon.CreateDatabaseAsync($"change_log_{Guid.NewGuid():n}", Token);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var database = Databases.Neon(address);
            await database.InstallAsync(ChangeLogSchema.Create, "create table if not exists items (id int primary key)", ChangeLogTriggers.Create("public", "items", ["id"]));
        }));

        await using var created = Databases.Neon(address);
        var follower = await Follower.StartAsync(created, "items");
        await created.ExecuteAsync($"insert into items values (1)", Token);
        Assert.Single(await follower.ReadAsync());
    }

    [Fact]
    public async Task Nothing_is_replaced_where_all_is_as_it_should_be()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key, other int", ["id"], name);
        var before = await StateAsync(name);
        await place[Endpoint.Direct].InstallAsync(ChangeLogSchema.Create, ChangeLogTriggers.Create("public", name, ["id"]));
        Assert.Equal(before, await StateAsync(name));

        await place[Endpoint.Direct].InstallAsync(ChangeLogTriggers.Create("public", name, ["other", "id"]));
        Assert.NotEqual(before, await StateAsync(name));
        var follower = await Follower.StartAsync(place[Endpoint.Direct], name);
        await place.ExecuteAsync($"insert into {name} values (1, 2)");
        Assert.Equal("""{"id": 1, "other": 2}""", Assert.Single(await follower.ReadAsync()).Key);
    }

    [Fact]
    public async Task A_role_that_may_create_nothing_gets_by_where_all_is_there()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key", ["id"], name);
        var role = $"role_{Guid.NewGuid():n}";
        await place.ExecuteAsync($"create role {role} login password 'secret'; grant usage on schema dualdb to {role}; grant select on dualdb.change_log, dualdb.change_log_state to {role}");
        await using var database = Databases.Neon(new NpgsqlConnectionStringBuilder(place.Address) { Username = role, Password = "secret" }.ConnectionString);

        await database.InstallAsync(ChangeLogSchema.Create, ChangeLogTriggers.Create("public", name, ["id"]));
        var follower = await Follower.StartAsync(database, name);
        await place.ExecuteAsync($"insert into {name} values (1)");
        Assert.Single(await follower.ReadAsync());
    }

    /// <summary>The one trigger of earlier versions logged inserts as well. It is replaced together with its function's callers: no insert is logged twice, none is missed.</summary>
    [Fact]
    public async Task Triggers_of_an_earlier_version_log_on_until_they_are_replaced()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key", ["id"], name);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], name);
        await place.ExecuteAsync($"""
            drop trigger dualdb_change_log_insert on {name};
            create or replace trigger dualdb_change_log after insert or update or delete on {name} for each row execute function dualdb.log_change('public', '{name}', 'id');
            insert into {name} values (1);
            """);
        await place[Endpoint.Direct].InstallAsync(ChangeLogSchema.Create, ChangeLogTriggers.Create("public", name, ["id"]));
        await place.ExecuteAsync($"insert into {name} values (2); update {name} set id = 3 where id = 2; delete from {name} where id = 3");
        Assert.Equal(["Insert", "Insert", "Update", "Delete"], (await follower.ReadAsync()).Select(static change => change.Operation.ToString()));
    }

    [Fact]
    public async Task A_function_follows_the_columns_of_its_table()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key", ["id"], name);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], name);
        await place.ExecuteAsync($"alter table {name} add column span interval");
        await place[Endpoint.Direct].InstallAsync(ChangeLogTriggers.Create("public", name, ["id"]));
        await place.ExecuteAsync($"insert into {name} values (1, '1 day 2 hours')");
        Assert.Equal("""{"id": 1, "span": "P1DT2H"}""", Assert.Single(await follower.ReadAsync()).New);
    }

    [Fact]
    public async Task Dropped_triggers_log_no_more_and_disabled_ones_are_set_going()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await place.CreateTableAsync("id int primary key", ["id"], name);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], name);
        await place.ExecuteAsync($"alter table {name} disable trigger user");
        await place[Endpoint.Direct].InstallAsync(ChangeLogTriggers.Create("public", name, ["id"]));
        await place.ExecuteAsync($"insert into {name} values (1)");
        Assert.Single(await follower.ReadAsync());

        await place.ExecuteAsync(ChangeLogTriggers.Drop("public", name));
        await place.ExecuteAsync(ChangeLogTriggers.Drop("public", name));
        await place.ExecuteAsync($"insert into {name} values (2); truncate {name}");
        Assert.Empty(await follower.ReadAsync());
    }

    [Fact]
    public async Task A_table_needs_a_key_and_has_to_be_there()
    {
        Assert.Throws<ArgumentException>(() => ChangeLogTriggers.Create("public", "items", []));
        await Assert.ThrowsAsync<SchemaMismatchException>(
            () => place[Endpoint.Direct].InstallAsync(ChangeLogTriggers.Create("public", "no such table", ["id"])));
    }

    private async Task<string?> StateAsync(string table)
        => (string?)await place.ScalarAsync($"""
            select string_agg(line, ';' order by line) from (
                select tgname || xmin::text || tgargs::text as line from pg_trigger where tgrelid = '{table}'::regclass
                union all
                select proname || xmin::text from pg_proc where pronamespace = 'dualdb'::regnamespace
                union all
                select relname || xmin::text from pg_class where relnamespace = 'dualdb'::regnamespace and relkind = 'r' and relname = 'change_log_state') lines
            """);
}
