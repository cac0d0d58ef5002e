using Npgsql;

namespace DualDb.Testing.Tests;

public sealed class LatencyProxyTests(SharedServers servers)
{
    [Fact]
    public async Task Statements_pass_and_are_counted()
    {
        await using var proxy = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port);
        Assert.Equal(7, await Sql.ScalarAsync(proxy.Rewrite(servers.Neon.ConnectionString), "select 7"));
        Assert.Equal(1, proxy.AcceptedConnections);
        Assert.True(proxy.BytesToServer > 0);
        Assert.True(proxy.BytesToClient > 0);
    }

    [Fact]
    public async Task A_cut_breaks_open_connections_and_the_next_one_works()
    {
        await using var proxy = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port);
        await using var connection = await Sql.OpenAsync(proxy.Rewrite(servers.Neon.ConnectionString));
        await proxy.CutAsync();

        Assert.Equal(0, proxy.OpenConnections);
        await Assert.ThrowsAsync<NpgsqlException>(() => connection.ScalarAsync("select 1"));
        Assert.Equal(1, await Sql.ScalarAsync(proxy.Rewrite(servers.Neon.ConnectionString), "select 1"));
    }
}
