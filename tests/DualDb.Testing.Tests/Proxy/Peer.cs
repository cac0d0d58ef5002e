using System.Net;
using System.Net.Sockets;

namespace DualDb.Testing.Tests.Proxy;

/// <summary>Both ends of a line through a proxy, in the test's own hands.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly TcpListener _listener;

    private Peer(TcpListener listener, LatencyProxy proxy, Socket client, Socket server)
    {
        _listener = listener;
        Proxy = proxy;
        Client = client;
        Server = server;
    }

    public LatencyProxy Proxy { get; }

    public Socket Client { get; }

    public Socket Server { get; }

    public static async Task<Peer> ConnectAsync(TimeProvider time)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var proxy = await LatencyProxy.StartAsync("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, time);
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(proxy.Host, proxy.Port, Sql.Token);
        return new Peer(listener, proxy, client, await listener.AcceptSocketAsync(Sql.Token));
    }

    /// <summary>Reads that many bytes, or fewer where the stream ends.</summary>
    public static async Task<byte[]> ReadAsync(Socket socket, int length)
    {
        var data = new byte[length];
        var read = 0;
        while (read < length)
        {
            var more = await socket.ReceiveAsync(data.AsMemory(read), Sql.Token);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return data[..read];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Server.Dispose();
        await Proxy.DisposeAsync();
        _listener.Dispose();
    }
}
