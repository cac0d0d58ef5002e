namespace DualDb.Caching;

/// <summary>All that the cache asks of a Redis client: one connection, until it is lost.</summary>
internal interface IRedisClient : IAsyncDisposable
{
    /// <summary>Completes when the connection is lost.</summary>
    Task Lost { get; }

    /// <summary>The values of keys by one <c>MGET</c>; null for those that are not there.</summary>
    Task<byte[]?[]> GetAsync(IReadOnlyList<string> keys);

    /// <summary>Runs a script that answers with a flat list.</summary>
    Task<byte[]?[]> EvaluateAsync(string script, IReadOnlyList<string> keys, IReadOnlyList<byte[]> arguments);

    /// <summary>Listens to a channel; the handler may be called from any thread, and out of order.</summary>
    Task SubscribeAsync(string channel, Action<byte[]> handler);
}

/// <summary>Connects to Redis.</summary>
internal interface IRedisConnector
{
    /// <summary>Where Redis is, without its password.</summary>
    string Address { get; }

    /// <summary>A new connection, tried out.</summary>
    /// <exception cref="Exception">It could not be reached, or refused the password.</exception>
    Task<IRedisClient> ConnectAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
