using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Answers requests by a script: as no real server would be made to.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly Func<Received, int, Reply> _script;
    private readonly Task _accepting;
    private int _count;

    private ScriptedServer(Func<Received, int, Reply> script)
    {
        _script = script;
        _listener.Start(backlog: 512);
        _accepting = AcceptAsync();
    }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<Received> Received => [.. _received];

    /// <summary>A server whose script knows the request and its number, from 1.</summary>
    public static ScriptedServer Start(Func<Received, int, Reply> script) => new(script);

    /// <summary>A server that gives some replies one after another, and the last one from then on.</summary>
    public static ScriptedServer Start(params Reply[] replies) => new((_, number) => replies[Math.Min(number, replies.Length) - 1]);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        // Ended before the listener stops: a listener asked for one more connection after its Stop() throws another exception.
        await _accepting;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            await using (stream)
            {
                try
                {
                    while (await ReadAsync(stream) is { } request && await SendAsync(stream, _script(request, Interlocked.Increment(ref _count))))
                    {
                        // The connection serves the next request.
                    }
                }
                catch (Exception exception) when (exception is IOException or OperationCanceledException)
                {
                    // The client, or the test, is gone.
                }
            }
        }
    }

    private async Task<bool> SendAsync(NetworkStream stream, Reply reply)
    {
        await stream.WriteAsync(reply.Bytes, _end.Token);
        if (reply.Then == Ending.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _end.Token);
        }

        return reply.Then == Ending.GoOn;
    }

    private async Task<Received?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).ToDictionary(
            static line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant(),
            static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(),
            StringComparer.Ordinal);
        await stream.ReadExactlyAsync(new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)], _end.Token);
        var request = lines[0].Split(' ');
        var received = new Received(request[0], request[1], headers, Stopwatch.GetTimestamp());
        _received.Enqueue(received);
        return received;
    }
}
