using System.Text;

namespace DualDb.Connections.Parsing;

/// <summary>
/// Percent-decoding that refuses what it cannot read. <see cref="Uri.UnescapeDataString(string)"/> leaves a malformed escape as it is,
/// and a wrong password would then be reported in its place.
/// </summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes one part of a URI.</summary>
    /// <param name="text">The part.</param>
    /// <param name="part">What it is, for the message: <c>password</c>.</param>
    /// <exception cref="ConnectionStringException">An escape is malformed, or the bytes are no UTF-8 text.</exception>
    public static string Decode(ReadOnlySpan<char> text, string part)
    {
        if (!text.Contains('%'))
        {
            return text.ToString();
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf('%');
            if (plain != 0)
            {
                var run = plain < 0 ? text : text[..plain];
                length += Encoding.UTF8.GetBytes(run, bytes.AsSpan(length));
                text = text[run.Length..];
                continue;
            }

            if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
            {
                throw new ConnectionStringException($"The {part} holds a % that two hexadecimal digits do not follow. Write a literal % as %25.");
            }

            bytes[length++] = (byte)((Convert.FromHexString(text[1..3]))[0]);
            text = text[3..];
        }

        return ToText(bytes.AsSpan(0, length), part);
    }

    private static string ToText(ReadOnlySpan<byte> bytes, string part)
    {
        if (bytes.Contains((byte)0))
        {
            throw new ConnectionStringException($"The {part} holds the character U+0000 (%00), which PostgreSQL does not accept.");
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ConnectionStringException($"The {part} holds escapes that are no UTF-8 text. Encode each character as its UTF-8 bytes (é is %C3%A9).");
        }
    }
}
