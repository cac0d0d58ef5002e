using StackExchange.Redis;

namespace DualDb.Caching;

/// <summary>
/// Redis through StackExchange.Redis. Compiled against 1.2.6, the oldest that it runs on; a test sees to it that each member called here has the same signature in the newest versions.
/// </summary>
internal sealed class StackExchangeRedis : IRedisClient
{
    private readonly ConnectionMultiplexer _connection;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StackExchangeRedis(ConnectionMultiplexer connection)
    {
        _connection = connection;
        connection.ConnectionFailed += OnConnectionFailed;
    }

    public Task Lost => _lost.Task;

    private IDatabase Database => _connection.GetDatabase();

    /// <summary>Connects, and asks for something, so that a refused password shows here.</summary>
    public static async Task<IRedisClient> ConnectAsync(ConfigurationOptions options)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
        var client = new StackExchangeRedis(connection);
        try
        {
            await client.EvaluateAsync("return { redis.call('ping')['ok'] }", [], []).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<byte[]?[]> GetAsync(IReadOnlyList<string> keys)
    {
        var values = await Database.StringGetAsync(Keys(keys)).ConfigureAwait(false);
        return Array.ConvertAll(values, static value => (byte[]?)value);
    }

    public async Task<byte[]?[]> EvaluateAsync(string script, IReadOnlyList<string> keys, IReadOnlyList<byte[]> arguments)
    {
        var values = new RedisValue[arguments.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = arguments[index];
        }

        var result = await Database.ScriptEvaluateAsync(script, Keys(keys), values).ConfigureAwait(false);
        return Array.ConvertAll((RedisValue[])result, static value => (byte[]?)value);
    }

    public Task SubscribeAsync(string channel, Action<byte[]> handler)
        => _connection.GetSubscriber().SubscribeAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), (_, message) => handler((byte[])message));

    public ValueTask DisposeAsync()
    {
        _connection.ConnectionFailed -= OnConnectionFailed;
        _lost.TrySetResult();

        // Not waited for: commands under way on a connection that hangs would be waited for as well.
        _ = Task.Run(_connection.Dispose);
        return ValueTask.CompletedTask;
    }

    private static RedisKey[] Keys(IReadOnlyList<string> keys)
    {
        var names = new RedisKey[keys.Count];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = keys[index];
        }

        return names;
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure) => _lost.TrySetResult();
}

/// <summary>Connects through StackExchange.Redis.</summary>
/// <param name="address">The address, checked.</param>
internal sealed class StackExchangeConnector(string address) : IRedisConnector
{
    public string Address { get; } = string.Join(", ", RedisAddress.Parse(address).EndPoints);

    public Task<IRedisClient> ConnectAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = RedisAddress.Parse(address);
        options.ConnectTimeout = (int)timeout.TotalMilliseconds;
        options.SyncTimeout = (int)timeout.TotalMilliseconds;
        return StackExchangeRedis.ConnectAsync(options);
    }
}
