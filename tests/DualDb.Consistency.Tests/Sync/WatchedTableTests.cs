using DualDb.ChangeLog;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Tables that a cache watches before they are synchronised, whose triggers are there already.</summary>
public sealed class WatchedTableTests(ConsistencyServers places)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An administrator has brought the log of another role's to the present version: that one's function reads, and that one's application writes, what is new.</summary>
    [Fact]
    public async Task A_log_that_another_role_has_upgraded_is_still_its_owners()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [], Maps.Items, Maps.Copies);
        var role = $"owner_{Guid.NewGuid():n}";
        await using var connection = new NpgsqlConnection(place.Neon);
        await connection.OpenAsync(Stop);
        await RunAsync($"""
            alter default privileges revoke execute on functions from public;
            create role {role};
            alter function dualdb.log_change() owner to {role};
            grant usage on schema dualdb to {role};
            drop table dualdb.watched_tables;
            drop function dualdb.synced_tables(), dualdb.write_synced_tables() cascade;
            """);
        try
        {
            await RunAsync(ChangeLogSchema.Create);

            await RunAsync($"set role {role}; {ChangeLogTriggers.Watch("public", "items")}; reset role");

            // Said again, it needs no right to write.
            await RunAsync($"revoke insert, update, delete on dualdb.watched_tables from {role}; set role {role}; {ChangeLogTriggers.Watch("public", "items")}; reset role");
            Assert.True((bool?)await RunAsync($"select has_table_privilege('{role}', 'dualdb.watched_tables', 'select') and has_function_privilege('{role}', 'dualdb.synced_tables()', 'execute')"));
        }
        finally
        {
            await RunAsync($"reset role; drop owned by {role} cascade; drop role {role}");
        }

        async Task<object?> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(Stop);
        }
    }

    /// <summary>What it has written was logged for the cache alone, and no backfill would see it.</summary>
    [Fact]
    public async Task A_transaction_that_is_open_while_a_table_joins_loses_nothing()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [], Maps.Items, Maps.Copies);
        await place.NeonAsync(ChangeLogTriggers.Create("public", "items", ["id"]));
        await place.NeonAsync(ChangeLogTriggers.Watch("public", "items"));
        var sync = place.With([Maps.Of(SyncDirection.TwoWay)]);
        await using var transaction = await place.Db.Neon.BeginAsync(Stop);
        await transaction.ExecuteAsync($"insert into items (id, name) values (1, 'early')", Stop);

        var installing = sync.InstallAsync(Stop);
        await Eventually.HoldsAsync(
            async () => installing.IsCompleted || await place.NeonAsync("select count(*) from pg_locks where not granted and relation = 'items'::regclass") is 1L, "the installation waits, or is done");
        await transaction.ExecuteAsync($"insert into items (id, name) values (2, 'late')", Stop);
        if (!installing.IsCompleted)
        {
            await transaction.CommitAsync(Stop);
        }

        await installing;
        await place.StartAsync(maps: [Maps.Of(SyncDirection.TwoWay)]);
        await sync.BackfillAsync(cancellationToken: Stop);
        if (transaction.IsActive)
        {
            await transaction.CommitAsync(Stop);
        }

        await sync.WaitForSyncAsync(transaction.SyncToken, TimeSpan.FromSeconds(60), Stop);
        Assert.Equal("early,late", await place.SupabaseAsync("select string_agg(title, ',' order by item_id) from copies"));
    }
}
