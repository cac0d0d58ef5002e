using System.Globalization;
using System.Net.Sockets;

namespace DualDb.Testing.Tests.Redis;

public sealed class ProxyOnRedisTests : IAsyncLifetime
{
    private LocalRedis? _redis;
    private LatencyProxy? _proxy;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LocalRedis Redis => _redis!;

    private LatencyProxy Proxy => _proxy!;

    public async ValueTask InitializeAsync()
    {
        _redis = await LocalRedis.StartAsync(options => options.Password = "p@ss/word", Token);
        _proxy = await LatencyProxy.StartAsync(Redis.Host, Redis.Port, cancellationToken: Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("rediss")]
    public void A_connection_string_is_rewritten_but_for_its_address(string scheme) =>
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{scheme}://ada:p%40ss@127.0.0.1:{Proxy.Port}/3?ssl=true"),
            Proxy.Rewrite($"{scheme}://ada:p%40ss@cache.example.com:6379/3?ssl=true"));

    [Fact]
    public async Task Commands_are_delayed()
    {
        await using var connection = await RespConnection.OpenAsync(Proxy.Rewrite(Redis.ConnectionString));
        Proxy.Delay = TimeSpan.FromMilliseconds(80);
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal("+PONG", await connection.AskAsync("PING"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(79), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Connections_are_cut_and_refused_while_the_server_lives_on()
    {
        await using var connection = await RespConnection.OpenAsync(Proxy.Rewrite(Redis.ConnectionString));
        Assert.Equal("+OK", await connection.AskAsync("SET", "key", "value"));

        Proxy.RefuseConnections = true;
        await Proxy.CutAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => connection.AskAsync("GET", "key"));
        var refused = await Record.ExceptionAsync(() => RespConnection.OpenAsync(Proxy.Rewrite(Redis.ConnectionString)));
        Assert.True(refused is IOException or SocketException, refused?.ToString());
        Assert.Equal("value", await RespConnection.AskOnceAsync(Redis.ConnectionString, "GET", "key"));

        Proxy.RefuseConnections = false;
        Assert.Equal("value", await RespConnection.AskOnceAsync(Proxy.Rewrite(Redis.ConnectionString), "GET", "key"));
    }

    [Fact]
    public async Task A_dropped_reply_leaves_the_command_carried_out()
    {
        await using var connection = await RespConnection.OpenAsync(Proxy.Rewrite(Redis.ConnectionString));
        Proxy.DropNextReply();
        await Assert.ThrowsAnyAsync<IOException>(() => connection.AskAsync("INCR", "counter"));

        Assert.Equal("1", await RespConnection.AskOnceAsync(Redis.ConnectionString, "GET", "counter"));
    }
}
