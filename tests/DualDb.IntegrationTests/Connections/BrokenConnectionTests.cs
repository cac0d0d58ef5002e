using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Connections;

public class BrokenConnectionTests(ShapeServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_survives_the_death_of_every_pooled_connection()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString + ";Application Name=doomed", options => options.MaxRetries = 1);
        await using (await database.OpenAsync(Token))
        await using (await database.OpenAsync(Token))
        await using (await database.OpenAsync(Token))
        {
        }

        await using var killer = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await killer.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'", Token);

        await database.PingAsync(Token);
    }

    [Fact]
    public async Task A_write_of_lost_reply_is_reported_as_of_unknown_outcome()
    {
        await using var direct = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await direct.CreateTableAsync("id int");
        await using var proxy = await LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));
        await database.PingAsync(Token);
        proxy.DropNextReply();

        var exception = await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => database.ExecuteAsync($"insert into {table} values (1)", Token));

        Assert.Contains("Read the data again", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, await direct.CountAsync(table)); // applied once: it was not sent again
    }

    [Fact]
    public async Task A_write_that_returns_rows_is_of_unknown_outcome_too_when_its_reply_is_lost()
    {
        await using var direct = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await direct.CreateTableAsync("id int");
        await using var proxy = await LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));
        await database.PingAsync(Token);

        proxy.DropNextReply();
        await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => database.QueryAsync<int>($"insert into {table} values (1) returning id", Token));
        await database.PingAsync(Token);
        proxy.DropNextReply();
        await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => database.ExecuteScalarAsync<int>($"insert into {table} values (2) returning id", Token));

        Assert.Equal(2, await direct.CountAsync(table));
    }

    [Fact]
    public async Task Leaving_a_stream_early_does_not_read_the_rest()
    {
        await using var proxy = await LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));

        await foreach (var number in database.StreamAsync<int>($"select n from generate_series(1, 8000000) as n", Token))
        {
            Assert.Equal(1, number);
            break;
        }

        // A row is some 15 bytes on the wire: all of them are more than 100 MB.
        Assert.InRange(proxy.BytesToClient, 1, 50_000_000);
        Assert.Equal(7, await database.ExecuteScalarAsync<int>($"select 7", Token));
    }

    [Fact]
    public async Task A_commit_of_lost_reply_is_reported_as_of_unknown_outcome()
    {
        await using var direct = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await direct.CreateTableAsync("id int");
        await using var proxy = await LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));
        await using var transaction = await database.BeginAsync(Token);
        var callbacks = 0;
        transaction.OnCommitted(() => callbacks++);
        await transaction.ExecuteAsync($"insert into {table} values (1)", Token);
        proxy.DropNextReply();

        await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => transaction.CommitAsync(Token));

        Assert.Equal(0, callbacks);
        Assert.False(transaction.IsActive);
        Assert.Equal(1, await direct.CountAsync(table));
    }

    [Fact]
    public async Task A_transaction_whose_connection_broke_says_so()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await using var transaction = await database.BeginAsync(Token);
        var processId = await transaction.ExecuteScalarAsync<int>($"select pg_backend_pid()", Token);
        await database.ExecuteAsync($"select pg_terminate_backend({processId})", Token);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => transaction.ExecuteAsync($"select 1", Token));

        Assert.False(transaction.IsActive);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.ExecuteAsync($"select 1", Token));
        Assert.Contains("broke", exception.Message, StringComparison.Ordinal);
        await transaction.RollbackAsync(Token);
    }

    [Fact]
    public async Task A_statement_beyond_the_command_timeout_is_sent_once()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options => options.CommandTimeout = TimeSpan.FromSeconds(1));
        var table = await database.CreateTableAsync("id int");

        var exception = await Assert.ThrowsAsync<DatabaseErrorException>(
            () => database.ExecuteAsync($"insert into {table} select 1 from pg_sleep(20)", Token));

        Assert.Contains("Neon.CommandTimeout", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.CountAsync(table));
    }

    [Fact]
    public async Task A_stale_plan_heals_by_itself()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await database.CreateTableAsync("id int");
        for (var i = 0; i < 4; i++)
        {
            await database.QueryAsync<int>($"select * from {table}", Token);
        }

        await using var other = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await other.ExecuteAsync($"alter table {table} add column note text", Token);

        var exception = await Record.ExceptionAsync(() => database.QueryAsync<int>($"select * from {table}", Token));
        Assert.True(exception is null or DatabaseErrorException { SqlState: "0A000" });
        await database.QueryAsync<int>($"select * from {table}", Token);
    }
}
