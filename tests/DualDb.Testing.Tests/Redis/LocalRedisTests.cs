using System.Globalization;
using System.Net.Sockets;
using DualDb.Testing.Tests.Endings;

namespace DualDb.Testing.Tests.Redis;

public sealed class LocalRedisTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_serves_on_the_loopback_address_where_its_connection_string_says()
    {
        await using var redis = await LocalRedis.StartAsync(Token);

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{redis.Port}"), redis.ConnectionString);
        Assert.Equal("+PONG", await RespConnection.AskOnceAsync(redis.ConnectionString, "PING"));
        Assert.Contains("process_id:" + redis.ProcessId, await InfoAsync(redis), StringComparison.Ordinal);
        await using var connection = await RespConnection.OpenAsync(redis.ConnectionString);
        Assert.Equal("*2", await connection.AskAsync("CONFIG", "GET", "bind"));
        Assert.Equal("bind", await connection.ReadAsync());
        Assert.Equal("127.0.0.1", await connection.ReadAsync());
        Assert.True(LocalRedis.IsAvailable);
    }

    [Fact]
    public async Task Two_are_two()
    {
        await using var one = await LocalRedis.StartAsync(Token);
        await using var other = await LocalRedis.StartAsync(Token);
        await RespConnection.AskOnceAsync(one.ConnectionString, "SET", "key", "one");

        Assert.Null(await RespConnection.AskOnceAsync(other.ConnectionString, "GET", "key"));
        Assert.Equal("one", await RespConnection.AskOnceAsync(one.ConnectionString, "GET", "key"));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("with space, \"quotes\", \\ # % @ : / and ü")]
    public async Task A_password_is_asked_for(string password)
    {
        await using var redis = await LocalRedis.StartAsync(options => options.Password = password, Token);
        var open = string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{redis.Port}");

        Assert.StartsWith("-NOAUTH", await RespConnection.AskOnceAsync(open, "PING"), StringComparison.Ordinal);
        Assert.StartsWith("-WRONGPASS", await RespConnection.AskOnceAsync(open, "AUTH", "other"), StringComparison.Ordinal);
        Assert.Equal("+PONG", await RespConnection.AskOnceAsync(redis.ConnectionString, "PING"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Data_are_lost_unless_they_are_to_be_kept(bool kept, bool killed)
    {
        await using var redis = await LocalRedis.StartAsync(options => options.KeepsData = kept, Token);
        var (address, process) = (redis.ConnectionString, redis.ProcessId);
        Assert.Equal("+OK", await RespConnection.AskOnceAsync(address, "SET", "key", "value"));
        if (killed)
        {
            await redis.KillAsync(Token);
            Assert.Null(redis.ProcessId);
            await redis.StartAgainAsync(Token);
        }
        else
        {
            await redis.RestartAsync(Token);
        }

        Assert.Equal(address, redis.ConnectionString);
        Assert.NotEqual(process, redis.ProcessId);
        Assert.Equal(kept ? "value" : null, await RespConnection.AskOnceAsync(address, "GET", "key"));
    }

    [Fact]
    public async Task A_stopped_server_refuses_until_it_starts_again()
    {
        await using var redis = await LocalRedis.StartAsync(Token);
        await using var connection = await RespConnection.OpenAsync(redis.ConnectionString);
        Assert.Equal("+PONG", await connection.AskAsync("PING"));

        await redis.StopAsync(Token);
        await redis.StopAsync(Token);
        Assert.Null(redis.ProcessId);
        await Assert.ThrowsAnyAsync<IOException>(() => connection.AskAsync("PING"));
        await Assert.ThrowsAsync<SocketException>(() => RespConnection.OpenAsync(redis.ConnectionString));

        await redis.StartAgainAsync(Token);
        var process = redis.ProcessId;
        await redis.StartAgainAsync(Token);
        Assert.Equal(process, redis.ProcessId);
        Assert.Equal("+PONG", await RespConnection.AskOnceAsync(redis.ConnectionString, "PING"));
    }

    [Fact]
    public async Task A_paused_server_holds_commands_back_and_carries_them_out_later()
    {
        await using var redis = await LocalRedis.StartAsync(Token);
        await using var connection = await RespConnection.OpenAsync(redis.ConnectionString);
        Assert.Equal(":1", await connection.AskAsync("INCR", "counter"));

        await redis.PauseAsync(Token);
        await connection.SendAsync("INCR", "counter");
        var reply = connection.ReadAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(TimeSpan.FromMilliseconds(300), Token));

        await redis.ResumeAsync(Token);
        Assert.Equal(":2", await reply);
    }

    [Fact]
    public async Task A_paused_server_stops_restarts_and_goes()
    {
        await using (var redis = await LocalRedis.StartAsync(Token))
        {
            await redis.PauseAsync(Token);
            await redis.RestartAsync(Token);
            Assert.Equal("+PONG", await RespConnection.AskOnceAsync(redis.ConnectionString, "PING"));
            await redis.PauseAsync(Token);
            await redis.KillAsync(Token);
            Assert.Null(redis.ProcessId);
            await redis.StartAgainAsync(Token);
            await redis.PauseAsync(Token);
        }
    }

    [Fact]
    public async Task One_that_was_killed_from_outside_starts_again()
    {
        await using var redis = await LocalRedis.StartAsync(Token);
        await Signals.SendAsync("KILL", redis.ProcessId!.Value);
        await Condition.HoldsAsync(() => redis.ProcessId is null, () => "The killed server still counts as running.");

        await redis.StartAgainAsync(Token);
        Assert.Equal("+PONG", await RespConnection.AskOnceAsync(redis.ConnectionString, "PING"));
    }

    [Fact]
    public async Task One_that_was_disposed_of_is_gone_and_does_not_start_again()
    {
        var redis = await LocalRedis.StartAsync(Token);
        await redis.DisposeAsync();
        await redis.DisposeAsync();

        Assert.Null(redis.ProcessId);
        await Assert.ThrowsAsync<SocketException>(() => RespConnection.OpenAsync(redis.ConnectionString));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => redis.StartAgainAsync(Token));
        await redis.StopAsync(Token);
    }

    [Fact]
    public async Task A_port_that_was_taken_in_the_meantime_is_said()
    {
        await using var redis = await LocalRedis.StartAsync(Token);
        await redis.StopAsync(Token);
        using var taker = new TcpListener(System.Net.IPAddress.Loopback, redis.Port);
        taker.Start();

        var failure = await Assert.ThrowsAsync<LocalServerException>(() => redis.StartAgainAsync(Token));
        Assert.Contains(redis.Port.ToString(CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_reach_the_server_and_its_own_cannot_be_changed()
    {
        await using var redis = await LocalRedis.StartAsync(
            options =>
            {
                options.RedisSettings["maxmemory"] = "3mb";
                options.RedisSettings["user"] = "ada on >secret ~* &* +@all";
            },
            Token);
        Assert.Equal("+OK", await RespConnection.AskOnceAsync(redis.ConnectionString, "AUTH", "ada", "secret"));
        await using var connection = await RespConnection.OpenAsync(redis.ConnectionString);
        Assert.Equal("*2", await connection.AskAsync("CONFIG", "GET", "maxmemory"));
        Assert.Equal("maxmemory", await connection.ReadAsync());
        Assert.Equal("3145728", await connection.ReadAsync());

        foreach (var (name, value) in new[] { ("bind", "0.0.0.0"), ("Port", "1"), ("bad name", "1"), ("maxmemory", "1\nbind 0.0.0.0") })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => LocalRedis.StartAsync(options => options.RedisSettings[name] = value, Token));
        }
    }

    [Fact]
    public async Task What_it_cannot_start_with_is_said()
    {
        var missing = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalRedis.StartAsync(options => options.ProgramPath = "/no/such/redis-server", Token));
        Assert.Contains("/no/such/redis-server", missing.Message, StringComparison.Ordinal);

        var invalid = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalRedis.StartAsync(options => options.RedisSettings["no-such-setting"] = "1", Token));
        Assert.Contains("no-such-setting", invalid.Message, StringComparison.Ordinal);

        var late = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalRedis.StartAsync(options => options.StartTimeout = TimeSpan.FromTicks(1), Token));
        Assert.Contains("StartTimeout", late.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LocalRedisOptions { Password = "" });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalRedisOptions { StartTimeout = TimeSpan.Zero });
    }

    [Fact]
    public async Task A_pair_brings_one_when_asked()
    {
        await using var servers = await LocalServers.StartAsync(options => options.Redis = true, Token);
        var redis = Assert.IsType<LocalRedis>(servers.Redis);
        Assert.Equal("+PONG", await RespConnection.AskOnceAsync(redis.ConnectionString, "PING"));

        await servers.DisposeAsync();
        Assert.Null(redis.ProcessId);
    }

    private static async Task<string> InfoAsync(LocalRedis redis)
    {
        await using var connection = await RespConnection.OpenAsync(redis.ConnectionString);
        var lines = new List<string?> { await connection.AskAsync("INFO", "server") };
        while (!string.IsNullOrEmpty(lines[^1]))
        {
            lines.Add(await connection.ReadAsync());
        }

        return string.Join('\n', lines);
    }
}
