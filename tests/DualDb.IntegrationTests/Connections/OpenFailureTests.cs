using DualDb.IntegrationTests.Repositories.Cancellation;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.IntegrationTests.Connections;

public class OpenFailureTests(ShapeServers servers)
{
    private const string Secret = "s3cr3t-Pa55";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<DatabaseUnavailableException> FailAsync(string connectionString, Action<DatabaseOptions>? configure = null)
    {
        await using var database = Databases.Neon(connectionString, configure);
        var exception = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.PingAsync(Token));
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(Database.Neon, exception.Database);
        return exception;
    }

    [Fact]
    public async Task Wrong_password()
    {
        var exception = await FailAsync(servers.Servers.Neon.WithPassword(Secret));

        Assert.Contains($"127.0.0.1:{servers.Servers.Neon.Port}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("28P01", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Check user name and password in Neon.ConnectionString", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_database()
    {
        var address = new NpgsqlConnectionStringBuilder(servers.Servers.Neon.ConnectionString) { Database = "nowhere" }.ConnectionString;

        Assert.Contains("has no database nowhere", (await FailAsync(address)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        var exception = await FailAsync($"Host=127.0.0.1;Port=1;Username=app;Password={Secret}");

        Assert.Contains("127.0.0.1:1 refused the connection", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_host()
        => Assert.Contains(
            "no-such-host.invalid:5432",
            (await FailAsync($"postgresql://app:{Secret}@no-such-host.invalid/db", options => options.MaxRetries = 0)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task No_TLS_where_it_is_demanded()
        => Assert.Contains("SSL", (await FailAsync(servers.Servers.Neon.ConnectionString + ";SSL Mode=Require")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Pool_exhausted()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options =>
        {
            options.MaxPoolSize = 1;
            options.ConnectTimeout = TimeSpan.FromSeconds(1);
        });
        await using var holder = await database.BeginAsync(Token);

        var exception = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.PingAsync(Token));

        Assert.Contains("all 1 of the pool are in use", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Neon.MaxPoolSize", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_connections()
    {
        await using var owner = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var role = $"few_{Guid.NewGuid():n}";
        await owner.ExecuteAsync($"create role {SqlFragment.Identifier(role)} login password 'few' connection limit 1", Token);
        var address = new NpgsqlConnectionStringBuilder(servers.Servers.Neon.ConnectionString) { Username = role, Password = "few" }.ConnectionString;
        await using var first = Databases.Neon(address, options => options.AutoPrepare = AutoPrepare.Never);
        await using var holder = await first.BeginAsync(Token);

        var exception = await FailAsync(address, options => options.MaxRetries = 1);

        Assert.Contains("53300", exception.Message, StringComparison.Ordinal);
        Assert.Contains("pooled endpoint", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_until_the_server_is_there()
    {
        await using var proxy = await LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        proxy.RefuseConnections = true;
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString), options => options.MaxRetries = 50);
        var ping = database.PingAsync(Token);
        await Eventually.HoldsAsync(() => Task.FromResult(proxy.RefusedConnections >= 3), Deadline, "nobody tried three times");

        Assert.False(ping.IsCompleted);
        proxy.RefuseConnections = false;

        await ping;
    }

    [Fact]
    public async Task Cancellation_ends_the_attempts()
    {
        using var cancellation = new CancellationTokenSource();
        await using var database = Databases.Neon("Host=127.0.0.1;Port=1;Username=u;Password=p", options => options.RetryDelay = options.MaxRetryDelay = TimeSpan.FromHours(1));
        var ping = database.PingAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ping);
    }

    [Fact]
    public async Task A_disposed_database_says_so()
    {
        var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await database.PingAsync(Token);
        await database.DisposeAsync();
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.PingAsync(Token));
    }

    [Fact]
    public async Task A_database_disposed_of_during_its_first_use_says_so()
    {
        await using var proxy = await LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        proxy.Pause();
        var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));
        var ping = database.PingAsync(Token);
        await Eventually.HoldsAsync(() => Task.FromResult(proxy.AcceptedConnections > 0), Deadline, "nobody connected");

        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ping);
    }
}
