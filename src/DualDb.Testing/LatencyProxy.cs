using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DualDb.Testing.Proxying;

namespace DualDb.Testing;

/// <summary>
/// A TCP proxy on a free port of 127.0.0.1 that stands before a server and makes the line worse: it delays, pauses, cuts,
/// refuses, and loses replies. Every setting takes effect at once, also for open connections. Members may be called
/// from any thread.
/// </summary>
/// <example><code>
/// await using var proxy = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port);
/// options.Neon.ConnectionString = proxy.Rewrite(servers.Neon.ConnectionString);
/// proxy.Delay = TimeSpan.FromMilliseconds(20);
/// </code></example>
public sealed class LatencyProxy : IAsyncDisposable
{
    private readonly string _serverHost;
    private readonly int _serverPort;
    private readonly ProxyState _state;
    private readonly Socket _listener;
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    private int _disposed;

    private LatencyProxy(string serverHost, int serverPort, TimeProvider time, Socket listener)
    {
        _serverHost = serverHost;
        _serverPort = serverPort;
        _state = new ProxyState(time);
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The port that clients connect to.</summary>
    public int Port { get; }

    /// <summary>
    /// What a round trip costs beyond the line itself; zero at first. Half of it is spent in each direction, and data under
    /// way do not wait for each other: ten requests sent at once are answered one delay later, not ten.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Delay
    {
        get => _state.Delay;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _state.Delay = value;
        }
    }

    /// <summary>
    /// While true, new connections are reset as soon as they are made; open ones live on. The port stays this proxy's,
    /// so that a client sees "connection reset" where a stopped server gives "connection refused".
    /// </summary>
    public bool RefuseConnections
    {
        get => _state.Refuses;
        set => _state.Refuses = value;
    }

    /// <summary>How many connections were carried so far, refused ones not counted.</summary>
    public long AcceptedConnections => _state.Accepted;

    /// <summary>How many connections were reset because of <see cref="RefuseConnections"/>.</summary>
    public long RefusedConnections => _state.Refused;

    /// <summary>How many connections are open now.</summary>
    public int OpenConnections => _connections.Count;

    /// <summary>How many replies were lost because of <see cref="DropNextReply"/>.</summary>
    public long DroppedReplies => _state.DroppedReplies;

    /// <summary>Bytes passed on to the server so far.</summary>
    public long BytesToServer => _state.BytesToServer;

    /// <summary>Bytes passed on to clients so far.</summary>
    public long BytesToClient => _state.BytesToClient;

    /// <summary>Starts a proxy before a server, which need not run yet.</summary>
    /// <param name="host">The server's host name or address.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="timeProvider">The clock that delays are measured with; the system's when null.</param>
    /// <param name="cancellationToken">Gives up before the proxy listens.</param>
    /// <returns>The proxy, which accepts connections already.</returns>
    /// <exception cref="ArgumentException">The host is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is none.</exception>
    public static Task<LatencyProxy> StartAsync(
        string host, int port, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);

        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            return Task.FromResult(new LatencyProxy(host, port, timeProvider ?? TimeProvider.System, listener));
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>The connection string with this proxy's host and port in place of the server's; the rest stays.</summary>
    /// <param name="connectionString">Npgsql keywords, or a URI that begins with <c>postgres://</c>, <c>postgresql://</c>, <c>redis://</c>, <c>rediss://</c>, <c>http://</c> or <c>https://</c>.</param>
    /// <exception cref="ArgumentException">The connection string is empty or its keywords cannot be read.</exception>
    public string Rewrite(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return EndpointRewriting.Rewrite(connectionString, Host, Port);
    }

    /// <summary>
    /// Loses the reply to the next request: the next data that any client sends reach the server and are carried out, but the
    /// server's answer is swallowed and the connection is reset. Called before a commit, this is the lost commit reply.
    /// </summary>
    public void DropNextReply() => _state.OrderDrop();

    /// <summary>Makes the line good again: no delay, nothing refused, nothing held up, and no reply still to be lost. Connections that are open stay so.</summary>
    public void Calm()
    {
        RefuseConnections = false;
        Delay = TimeSpan.Zero;
        _state.WithdrawDrop();
        Resume();
    }

    /// <summary>
    /// Keeps back the reply to the next request: the next data that any client sends reach the server and are carried out, but nothing comes back over that connection until the
    /// reply is released. Other connections are not concerned. With it a test lets something happen between a read and its arrival.
    /// </summary>
    /// <returns>The reply to be held; release it, or dispose of it.</returns>
    public HeldReply HoldNextReply()
    {
        var held = new HeldReply();
        _state.OrderHold(held);
        return held;
    }

    /// <summary>Lets nothing through, in either direction, until <see cref="Resume"/>; connections stay open.</summary>
    public void Pause() => _state.Gate.Close();

    /// <summary>Ends a <see cref="Pause"/>; what waited passes in order.</summary>
    public void Resume() => _state.Gate.Open();

    /// <summary>Resets every open connection, data under way included, and returns when all are gone. New ones are accepted.</summary>
    public async Task CutAsync()
    {
        var connections = _connections.ToArray();
        foreach (var (connection, _) in connections)
        {
            connection.Cut();
        }

        await Task.WhenAll(connections.Select(pair => pair.Value)).ConfigureAwait(false);
    }

    /// <summary>Stops listening and resets every open connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await CutAsync().ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        while (Volatile.Read(ref _disposed) == 0)
        {
            try
            {
                Accept(await _listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The listener was closed, which ends the loop, or a client gave up before it was accepted.
            }
        }
    }

    private void Accept(Socket client)
    {
        if (RefuseConnections)
        {
            _state.CountRefused();
            ProxiedConnection.Reset(client);
            return;
        }

        _state.CountAccepted();
        client.NoDelay = true;
        var connection = new ProxiedConnection(client, _state);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = CarryAsync(connection, start.Task);
        start.SetResult();
    }

    // Begins once it is listed: a connection that ended sooner would be listed for ever.
    private async Task CarryAsync(ProxiedConnection connection, Task listed)
    {
        await listed.ConfigureAwait(false);
        try
        {
            await connection.RunAsync(_serverHost, _serverPort).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }
}
