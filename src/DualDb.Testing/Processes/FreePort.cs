using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace DualDb.Testing.Processes;

/// <summary>
/// Finds a port to start a server on. Drawn from below the range that systems hand out for outgoing connections, so that
/// a server that is stopped for a while rarely finds its port taken when it starts again. Another process may still take
/// it first: whoever starts a server tries again.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_000;

    public static int Find()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (CanBind(port))
            {
                return port;
            }
        }

        throw new LocalServerException($"No free port on 127.0.0.1 between {First} and {End}. Close programs that hold ports open and try again.");
    }

    private static bool CanBind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
