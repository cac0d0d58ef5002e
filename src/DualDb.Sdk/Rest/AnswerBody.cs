namespace DualDb.Rest;

/// <summary>Reads the bodies of answers.</summary>
internal static class AnswerBody
{
    // Enough for any error of PostgREST's; what follows is a page that nobody reads here.
    private const int LongestError = 64 * 1024;

    private const int UsualAnswer = 4 * 1024;

    /// <summary>Reads what has come next.</summary>
    /// <exception cref="IOException">The body breaks off, or is not in the encoding that its header names.</exception>
    public static async ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or (InvalidOperationException and not ObjectDisposedException))
        {
            // What the decoders of .NET raise: of gzip and of brotli another.
            throw new IOException("The body is not in the encoding that its header names.", exception);
        }
    }

    /// <summary>The whole body.</summary>
    /// <exception cref="IOException">It breaks off.</exception>
    public static async ValueTask<byte[]> ReadAllAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var body = new byte[answer.Content.Headers.ContentLength is { } length and >= 0 and < int.MaxValue / 2 ? (int)length + 1 : UsualAnswer];
            var filled = 0;
            while (await ReadAsync(stream, body.AsMemory(filled), cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                filled += read;
                if (filled == body.Length)
                {
                    Array.Resize(ref body, checked(2 * filled));
                }
            }

            return body[..filled];
        }
    }

    /// <summary>The body of an error, as far as it comes: what the status says holds without it as well.</summary>
    public static async ValueTask<byte[]> ReadErrorAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = new byte[LongestError];
        var filled = 0;
        try
        {
            var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                while (filled < body.Length && await ReadAsync(stream, body.AsMemory(filled), cancellationToken).ConfigureAwait(false) is var read and > 0)
                {
                    filled += read;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // What has come has to do.
        }

        return body[..filled];
    }
}
