using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DualDb.AspNetCore.Tests.Health;

/// <summary>Stands for a pooler that repeats in its errors what it was told: it refuses every login with a text of the test's.</summary>
internal sealed class TellingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _answer;
    private readonly Task _running;

    public TellingServer(string words)
    {
        _answer = ErrorResponse(words);
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var stream = client.GetStream();
                var request = new byte[4096];
                _ = await stream.ReadAsync(request, _stopping.Token);
                await stream.WriteAsync(_answer, _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private static byte[] ErrorResponse(string words)
    {
        var fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0CXX000\0M{words}\0\0");
        var message = new byte[1 + 4 + fields.Length];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
        fields.CopyTo(message, 5);
        return message;
    }
}
