using DualDb.ChangeLog;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>A log of an earlier version is brought to the present one.</summary>
public sealed class LogUpgradeTests(ConsistencyServers places)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Writers take the tables of the log in whatever order their tables have it: none of them is to pay for an upgrade with a deadlock.</summary>
    [Theory]
    [InlineData("sync_rows", "change_log")]
    [InlineData("change_log", "sync_rows")]
    [InlineData("change_log", "sync_tables")]
    public async Task Writers_that_hold_a_part_of_it_go_on(string first, string second)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay)], Maps.Items, Maps.Copies);
        await place.NeonAsync("""
            drop function dualdb.synced_tables(), dualdb.write_synced_tables() cascade;
            alter table dualdb.sync_rows drop column grounds;
            alter table dualdb.change_log alter column operation type char(1), add constraint change_log_operation_check check (operation in ('I', 'U', 'D', 'T'));
            drop domain dualdb.change_operation;
            """);
        await using var writer = new NpgsqlConnection(place.Neon);
        await writer.OpenAsync(Stop);
        await using var transaction = await writer.BeginTransactionAsync(Stop);
        await WriteAsync(first);

        var upgrading = place.NeonAsync(ChangeLogSchema.Create);
        await Eventually.HoldsAsync(
            async () => await place.NeonAsync($"select count(*) from pg_locks where not granted and relation = 'dualdb.{first}'::regclass") is 1L, "the upgrade waits");
        await WriteAsync(second);
        await transaction.CommitAsync(Stop);
        await upgrading;

        Assert.Equal("0 domain", await place.NeonAsync("select current_setting('lock_timeout') || ' ' || case when to_regtype('dualdb.change_operation') is not null then 'domain' end"));

        async Task WriteAsync(string table)
        {
            await using var command = new NpgsqlCommand($"lock table dualdb.{table} in row exclusive mode", writer, transaction);
            await command.ExecuteNonQueryAsync(Stop);
        }
    }
}
