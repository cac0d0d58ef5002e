using System.Net.Sockets;

namespace DualDb.Testing.Proxying;

/// <summary>One client's connection and the one to the server that answers it.</summary>
internal sealed class ProxiedConnection(Socket client, ProxyState state) : IDisposable
{
    private readonly CancellationTokenSource _cut = new();

    /// <summary>Connects to the server and carries data both ways until both ends are done or the connection is cut.</summary>
    public async Task RunAsync(string host, int port)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await server.ConnectAsync(host, port, _cut.Token).ConfigureAwait(false);
            await CarryAsync(server).ConfigureAwait(false);
            client.Dispose();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ConnectionCutException or ObjectDisposedException)
        {
            // One side broke or the proxy cut: the other must see a broken connection, not an orderly end.
            Reset(client);
            Reset(server);
        }
    }

    public void Cut()
    {
        try
        {
            _cut.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the meantime.
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _cut.Dispose();
    }

    /// <summary>Closes a socket such that its peer gets a reset (RST).</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Broken already, which is all that was wanted.
        }

        socket.Dispose();
    }

    private async Task CarryAsync(Socket server)
    {
        var trap = new ReplyTrap();
        var toServer = new DelayLine(client, server, new ClientToServer(state, trap)).RunAsync(_cut.Token);
        var toClient = new DelayLine(server, client, new ServerToClient(state, trap)).RunAsync(_cut.Token);
        var first = await Task.WhenAny(toServer, toClient).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            await _cut.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(toServer, toClient).ConfigureAwait(false);
    }
}
