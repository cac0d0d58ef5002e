using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace DualDb.Testing.Proxying;

/// <summary>
/// One direction of a proxied connection. Whatever arrives is stamped with the time it is due and queued, while another
/// loop sends what is due: many chunks are under way at once, as on a real line, so that delay does not become a limit
/// on throughput.
/// </summary>
internal sealed class DelayLine(Socket source, Socket target, LineRules rules)
{
    private const int ChunkSize = 16 * 1024;

    // 4 MB under way; beyond that the source is not read, which is how TCP slows it down.
    private const int Capacity = 256;

    private readonly Channel<Chunk> _underWay = Channel.CreateBounded<Chunk>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    /// <summary>Runs until the source ends, which is passed on as such, or either side breaks, which throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var receiving = ReceiveAsync(stop.Token);
        var sending = SendAsync(stop.Token);
        try
        {
            // Whichever fails first must not leave the other waiting.
            await (await Task.WhenAny(receiving, sending).ConfigureAwait(false)).ConfigureAwait(false);
            await Task.WhenAll(receiving, sending).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(receiving, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_underWay.Reader.TryRead(out var chunk))
            {
                ArrayPool<byte>.Shared.Return(chunk.Buffer);
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
            var length = await source.ReceiveAsync(buffer.AsMemory(0, ChunkSize), cancellationToken).ConfigureAwait(false);
            if (length > 0)
            {
                rules.Received(length);
            }

            await _underWay.Writer.WriteAsync(new Chunk(buffer, length, rules.Due()), cancellationToken).ConfigureAwait(false);
            if (length == 0)
            {
                _underWay.Writer.Complete();
                return;
            }
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var chunk in _underWay.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await rules.WaitAsync(chunk.Due, cancellationToken).ConfigureAwait(false);
                if (chunk.Length == 0)
                {
                    target.Shutdown(SocketShutdown.Send);
                    return;
                }

                await SendAllAsync(chunk.Buffer.AsMemory(0, chunk.Length), cancellationToken).ConfigureAwait(false);
                rules.Sent(chunk.Length);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk.Buffer);
            }
        }
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (!data.IsEmpty)
        {
            data = data[await target.SendAsync(data, cancellationToken).ConfigureAwait(false)..];
        }
    }

    /// <summary>Bytes under way and the timestamp they are due at; no bytes stand for the end of the stream.</summary>
    private readonly record struct Chunk(byte[] Buffer, int Length, long Due);
}
