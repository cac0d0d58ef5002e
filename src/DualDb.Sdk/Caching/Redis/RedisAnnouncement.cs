using System.Globalization;
using System.Text;

namespace DualDb.Caching;

/// <summary>What the channel carries: epoch, number and node as text, then the message, with bars between.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Number">The number in the log.</param>
/// <param name="Node">Who has written it.</param>
/// <param name="Message">The invalidation.</param>
internal sealed record RedisAnnouncement(string Epoch, long Number, string Node, byte[] Message)
{
    public static RedisAnnouncement? Read(byte[] bytes)
    {
        var rest = bytes.AsSpan();
        return TryCut(ref rest, out var epoch)
            && TryCut(ref rest, out var digits)
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TryCut(ref rest, out var node)
                ? new RedisAnnouncement(epoch, number, node, rest.ToArray())
                : null;
    }

    private static bool TryCut(ref Span<byte> rest, out string part)
    {
        var end = rest.IndexOf((byte)'|');
        part = end < 0 ? "" : Encoding.UTF8.GetString(rest[..end]);
        rest = end < 0 ? rest : rest[(end + 1)..];
        return end >= 0;
    }
}
