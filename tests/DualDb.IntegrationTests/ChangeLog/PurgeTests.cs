using DualDb.ChangeLog;
using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Alone on its database: what is purged here would be a gap to readers of other tests.</summary>
public sealed class PurgeTests(ChangeLogPlace place) : IClassFixture<ChangeLogPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Old_changes_go_in_batches_and_newer_ones_stay(Endpoint endpoint)
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        await place.ExecuteAsync($"insert into {table} select generate_series(1, 12000)");
        await place.ExecuteAsync($"update dualdb.change_log set recorded_at = recorded_at - interval '25 hours'");
        await place.ExecuteAsync($"insert into {table} select generate_series(12001, 12003)");
        var purge = new ChangeLogPurge(place[endpoint]);

        var removed = await RemovedAsync(purge, 12_000);
        Assert.Equal(12_000, removed);
        Assert.Equal(3L, await place.ScalarAsync("select count(*) from dualdb.change_log"));
        Assert.Equal(0, await purge.RunAsync(ChangeLogPurge.DefaultRetention, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => purge.RunAsync(TimeSpan.FromTicks(-1), Token));
        await place.ExecuteAsync("delete from dualdb.change_log");
    }

    [Fact]
    public async Task A_reader_is_told_of_purged_changes_that_it_had_not_read()
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        var reader = new ChangeLogReader(place[Endpoint.Direct]);
        var behind = await reader.BeginAsync(Token);
        await place.ExecuteAsync($"insert into {table} values (1)");
        await Eventually(async () => (await reader.BeginAsync(Token)).Seen is var seen && await IsPastAsync(seen));
        var upToDate = await reader.BeginAsync(Token);
        Assert.Equal(1, await RemovedAsync(new ChangeLogPurge(place[Endpoint.Direct]), 1, TimeSpan.Zero));

        var missed = await reader.ReadAsync(behind, 10, Token);
        Assert.Equal(ChangeLogGap.Purged, missed.Gap);
        Assert.Equal(ChangeLogGap.None, (await reader.ReadAsync(missed.Position, 10, Token)).Gap);
        Assert.Equal(ChangeLogGap.None, (await reader.ReadAsync(upToDate, 10, Token)).Gap);
    }

    [Fact]
    public async Task Changes_of_transactions_above_a_running_one_stay()
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        await using var connection = await place.Writers.OpenConnectionAsync(Token);
        await using var running = await connection.BeginTransactionAsync(Token);
        await using (var command = new Npgsql.NpgsqlCommand($"insert into {table} values (1)", connection))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        await place.ExecuteAsync($"insert into {table} values (2)");
        var purge = new ChangeLogPurge(place[Endpoint.Direct]);
        Assert.Equal(0, await purge.RunAsync(TimeSpan.Zero, Token));

        await running.CommitAsync(Token);
        Assert.Equal(2, await RemovedAsync(purge, 2, TimeSpan.Zero));
    }

    /// <summary>Other tests' transactions on the same server hold a purge back while they run.</summary>
    private static async Task<long> RemovedAsync(ChangeLogPurge purge, long expected, TimeSpan? retention = null)
    {
        var removed = 0L;
        await Eventually(async () => (removed += await purge.RunAsync(retention ?? ChangeLogPurge.DefaultRetention, Token)) >= expected);
        return removed;
    }

    private async Task<bool> IsPastAsync(string snapshot)
        => await place.ScalarAsync($"select not exists (select from dualdb.change_log where transaction >= pg_snapshot_xmin('{snapshot}'))") is true;

    private static Task Eventually(Func<Task<bool>> condition)
        => Repositories.Cancellation.Eventually.HoldsAsync(condition, TimeSpan.FromSeconds(60), "transactions of other tests still hold the log back");
}
