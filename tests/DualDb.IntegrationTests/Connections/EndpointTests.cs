using DualDb.IntegrationTests.Repositories.Places;
using Npgsql;

namespace DualDb.IntegrationTests.Connections;

public class EndpointTests(ShapeServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepares_statements_on_a_direct_endpoint()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.Uri);

        var endpoint = await database.GetEndpointAsync(Token);

        Assert.False(endpoint.IsPooler);
        Assert.True(endpoint.PreparesStatements);
        Assert.Equal(servers.Servers.Neon.ServerVersion.Major, endpoint.ServerVersion.Major);
        Assert.Equal($"127.0.0.1:{servers.Servers.Neon.Port}", endpoint.Address);
        await using var connection = await database.OpenAsync(Token);
        for (var i = 0; i < 3; i++)
        {
            await using var command = new NpgsqlCommand("select 4711", connection);
            await command.ExecuteScalarAsync(Token);
        }

        await using var prepared = new NpgsqlCommand("select count(*) from pg_prepared_statements where statement = 'select 4711'", connection);
        Assert.Equal(1L, await prepared.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Prepares_nothing_behind_a_pooler()
    {
        await using var database = Databases.Supabase(servers.SupabasePooler.ConnectionString);

        var endpoint = await database.GetEndpointAsync(Token);

        Assert.True(endpoint.IsPooler);
        Assert.False(endpoint.PreparesStatements);
    }

    [Theory]
    [InlineData(AutoPrepare.Never, false)]
    [InlineData(AutoPrepare.Always, true)]
    public async Task Obeys_the_option(AutoPrepare autoPrepare, bool prepares)
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options => options.AutoPrepare = autoPrepare);

        var endpoint = await database.GetEndpointAsync(Token);

        Assert.Equal((false, prepares), (endpoint.IsPooler, endpoint.PreparesStatements));
    }

    [Fact]
    public async Task Takes_a_declared_pooler_at_its_word()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.Uri + "?pgbouncer=true");

        var endpoint = await database.GetEndpointAsync(Token);

        Assert.Equal((true, false), (endpoint.IsPooler, endpoint.PreparesStatements));
    }

    [Fact]
    public async Task Asks_once_however_many_callers_come_first()
    {
        var sources = 0;
        await using var database = Databases.Neon(
            servers.Servers.Neon.ConnectionString, options => options.ConfigureDataSource = _ => Interlocked.Increment(ref sources));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => database.PingAsync(Token)));

        Assert.Equal(2, sources); // the probe's and the pool's
    }

    [Fact]
    public async Task Is_not_spoiled_by_a_first_caller_who_gives_up()
    {
        await using var proxy = await Testing.LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));
        proxy.Pause();
        using var impatience = new CancellationTokenSource();
        var first = database.PingAsync(impatience.Token);
        var second = database.PingAsync(Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        proxy.Resume();

        await second;
    }

    [Fact]
    public async Task Forgets_a_probe_that_failed()
    {
        await using var proxy = await Testing.LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString), options => options.MaxRetries = 0);
        proxy.RefuseConnections = true;
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.PingAsync(Token));

        proxy.RefuseConnections = false;

        await database.PingAsync(Token);
    }

    [Fact]
    public async Task Says_why_a_pooler_refuses_a_startup_setting()
    {
        var address = new NpgsqlConnectionStringBuilder(servers.NeonPooler.ConnectionString) { SearchPath = "shop" }.ConnectionString;
        await using var database = Databases.Neon(address);

        var exception = await Assert.ThrowsAnyAsync<DualDbException>(() => database.PingAsync(Token));

        Assert.Contains("Remove", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Neon.ConnectionString", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reaches_the_wanted_server_of_several()
    {
        var address = $"postgresql://{servers.Servers.Neon.UserName}:{new NpgsqlConnectionStringBuilder(servers.Servers.Neon.ConnectionString).Password}"
            + $"@127.0.0.1:1,127.0.0.1:{servers.Servers.Neon.Port}/{servers.Servers.Neon.Database}?target_session_attrs=read-write";
        await using var database = Databases.Neon(address);

        var endpoint = await database.GetEndpointAsync(Token);

        Assert.Equal((false, false), (endpoint.IsPooler, endpoint.PreparesStatements));
        Assert.Equal($"127.0.0.1:1,127.0.0.1:{servers.Servers.Neon.Port}", endpoint.Address);
    }
}
