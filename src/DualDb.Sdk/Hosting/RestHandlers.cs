using DualDb.Rest;

namespace DualDb.Hosting;

/// <summary>The options of a container's roots, whose requests go through one client: each root gets the connections and the time that it was promised.</summary>
internal sealed class RestHandlers
{
    private readonly Lock _lock = new();
    private int _connections;
    private TimeSpan _connectTimeout;

    /// <summary>Takes the options of a root into account. Handlers are made with the first request, when they are known.</summary>
    public void Add(SupabaseOptions options)
    {
        lock (_lock)
        {
            _connections = (int)Math.Min((long)_connections + options.MaxPoolSize, int.MaxValue);
            _connectTimeout = options.ConnectTimeout > _connectTimeout ? options.ConnectTimeout : _connectTimeout;
        }
    }

    /// <summary>Sets a handler up.</summary>
    public void Configure(SocketsHttpHandler handler)
    {
        lock (_lock)
        {
            var isKnown = _connections > 0;
            RestHandler.Configure(handler, isKnown ? _connections : handler.MaxConnectionsPerServer, isKnown ? _connectTimeout : handler.ConnectTimeout);
        }
    }
}
