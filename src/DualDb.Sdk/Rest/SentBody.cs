using System.Net;

namespace DualDb.Rest;

/// <summary>The body of a write, which knows whether any of it was asked for: a request whose body was not has never left.</summary>
internal sealed class SentBody(ReadOnlyMemory<byte> body) : HttpContent
{
    /// <summary>Whether it began to be written to a connection, or was handed to something that may write it to one.</summary>
    public bool HasBegun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasBegun = true;
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
