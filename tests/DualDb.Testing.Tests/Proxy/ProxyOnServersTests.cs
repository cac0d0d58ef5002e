using System.Diagnostics;
using Npgsql;

namespace DualDb.Testing.Tests.Proxy;

/// <summary>The proxy before a real server, as the tests of an application use it.</summary>
public sealed class ProxyOnServersTests(SharedServers servers)
{
    private Task<LatencyProxy> StartAsync() => LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port);

    [Fact]
    public async Task Statements_pass_and_are_counted()
    {
        await using var proxy = await StartAsync();
        Assert.Equal(7, await Sql.ScalarAsync(proxy.Rewrite(servers.Neon.ConnectionString), "select 7"));

        Assert.Equal(1, proxy.AcceptedConnections);
        Assert.True(proxy.BytesToServer > 0);
        Assert.True(proxy.BytesToClient > 0);
        await Condition.HoldsAsync(() => proxy.OpenConnections == 0, () => "The closed connection is still listed as open.");
    }

    [Fact]
    public async Task Large_results_and_imports_arrive_whole_and_in_order()
    {
        await using var proxy = await StartAsync();
        proxy.Delay = TimeSpan.FromMilliseconds(4);
        await using var connection = await Sql.OpenAsync(proxy.Rewrite(servers.Neon.ConnectionString));
        await connection.ScalarAsync("create temp table copied (n int, t text)");
        await using (var import = await connection.BeginBinaryImportAsync("copy copied from stdin binary", Sql.Token))
        {
            for (var row = 0; row < 20_000; row++)
            {
                await import.StartRowAsync(Sql.Token);
                await import.WriteAsync(row, Sql.Token);
                await import.WriteAsync(new string('x', row % 500), Sql.Token);
            }

            await import.CompleteAsync(Sql.Token);
        }

        Assert.Equal(20_000L, await connection.ScalarAsync("select count(*) from copied where length(t) = n % 500"));
        var text = (string?)await connection.ScalarAsync("select string_agg(n::text, ' ' order by n) from copied");
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 20_000)), text);
    }

    [Fact]
    public async Task The_delay_is_what_a_round_trip_costs_at_least()
    {
        await using var proxy = await StartAsync();
        await using var connection = await Sql.OpenAsync(proxy.Rewrite(servers.Neon.ConnectionString));
        proxy.Delay = TimeSpan.FromMilliseconds(120);

        var watch = Stopwatch.StartNew();
        await connection.ScalarAsync("select 1");
        Assert.True(watch.ElapsedMilliseconds >= 110, $"Took {watch.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public async Task A_cut_breaks_open_connections_and_the_next_one_works()
    {
        await using var proxy = await StartAsync();
        await using var connection = await Sql.OpenAsync(proxy.Rewrite(servers.Neon.ConnectionString));
        await proxy.CutAsync();

        Assert.Equal(0, proxy.OpenConnections);
        await Assert.ThrowsAsync<NpgsqlException>(() => connection.ScalarAsync("select 1"));
        Assert.Equal(1, await Sql.ScalarAsync(proxy.Rewrite(servers.Neon.ConnectionString), "select 1"));
    }

    [Fact]
    public async Task A_cut_breaks_a_running_statement()
    {
        await using var proxy = await StartAsync();
        await using var connection = await Sql.OpenAsync(proxy.Rewrite(servers.Neon.ConnectionString));
        var backend = await connection.ScalarAsync("select pg_backend_pid()");
        var running = connection.ScalarAsync("select pg_sleep(600)");
        await using var observer = await Sql.OpenAsync(servers.Neon.ConnectionString);
        var isRunning = $"select exists (select from pg_stat_activity where pid = {backend} and query like '%600%' and state = 'active')";
        await Condition.HoldsAsync(async () => (bool)(await observer.ScalarAsync(isRunning))!, () => "The statement does not run.");

        await proxy.CutAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => running);
        await observer.ScalarAsync($"select pg_terminate_backend({backend})");
    }

    [Fact]
    public async Task Refusal_meets_new_connections_alone()
    {
        await using var proxy = await StartAsync();
        var connectionString = proxy.Rewrite(servers.Neon.ConnectionString);
        await using var open = await Sql.OpenAsync(connectionString);
        proxy.RefuseConnections = true;

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sql.OpenAsync(connectionString));
        Assert.Equal(1, proxy.RefusedConnections);
        Assert.Equal(1, proxy.AcceptedConnections);
        Assert.Equal(1, await open.ScalarAsync("select 1"));

        proxy.RefuseConnections = false;
        Assert.Equal(2, await Sql.ScalarAsync(connectionString, "select 2"));
    }

    [Fact]
    public async Task A_dropped_commit_reply_leaves_the_commit_done_and_the_client_without_an_answer()
    {
        var database = await servers.Neon.CreateDatabaseAsync("dropped_reply", Sql.Token);
        await Sql.ScalarAsync(database, "create table written (n int)");
        await using var proxy = await StartAsync();
        await using (var connection = await Sql.OpenAsync(proxy.Rewrite(database)))
        {
            await using var transaction = await connection.BeginTransactionAsync(Sql.Token);
            await connection.ScalarAsync("insert into written values (1)");
            proxy.DropNextReply();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync(Sql.Token));
        }

        Assert.Equal(1, proxy.DroppedReplies);
        Assert.Equal(1L, await Sql.ScalarAsync(database, "select count(*) from written"));
        Assert.Equal(1L, await Sql.ScalarAsync(proxy.Rewrite(database), "select count(*) from written"));
    }

    [Fact]
    public async Task A_pause_holds_everything_back_until_it_ends()
    {
        await using var proxy = await StartAsync();
        await using var connection = await Sql.OpenAsync(proxy.Rewrite(servers.Neon.ConnectionString));
        var sent = proxy.BytesToServer;
        proxy.Pause();
        var held = connection.ScalarAsync("select 5");
        var direct = await Sql.OpenAsync(servers.Neon.ConnectionString);
        for (var i = 0; i < 20; i++)
        {
            await direct.ScalarAsync("select 1");
        }

        Assert.False(held.IsCompleted);
        Assert.Equal(sent, proxy.BytesToServer);

        proxy.Resume();
        Assert.Equal(5, await held);
        await direct.DisposeAsync();
    }

    [Fact]
    public async Task A_proxy_before_a_stopped_server_resets_until_the_server_runs()
    {
        await using var own = await LocalServers.StartAsync(Sql.Token);
        await using var proxy = await LatencyProxy.StartAsync(own.Neon.Host, own.Neon.Port);
        await own.Neon.StopAsync(Sql.Token);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sql.OpenAsync(proxy.Rewrite(own.Neon.ConnectionString)));

        await own.Neon.StartAsync(Sql.Token);
        Assert.Equal(1, await Sql.ScalarAsync(proxy.Rewrite(own.Neon.ConnectionString), "select 1"));
    }
}
