using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace DualDb.Caching;

/// <summary>
/// What stands in Redis for one entry: 40 bytes that say under which epoch and after which invalidation it was loaded, until when it answers, and a sum over the key and what follows
/// (a payload that something else has written over, or that belongs to another row, must not be taken for this one), then the row.
/// </summary>
/// <param name="Number">The invalidation after which it was loaded.</param>
/// <param name="IsNegative">Whether it says "there is none".</param>
/// <param name="ExpiresAt">Until when it answers, in ticks of UTC.</param>
/// <param name="Content">The row as its codec wrote it.</param>
internal sealed record SharedPayload(long Number, bool IsNegative, long ExpiresAt, byte[] Content)
{
    private const byte Magic = 0xD8;
    private const byte Version = 1;
    private const byte Negative = 1;
    private const byte Compressed = 2;
    private const ulong Start = 14695981039346656037UL;
    private const int HeaderLength = 40;

    /// <summary>Above this a claimed length is not believed: whoever writes such a payload wants memory, not rows.</summary>
    private const int MostContent = 256 * 1024 * 1024;

    /// <summary>Stands for bytes that are no payload: they are passed over, and counted.</summary>
    public static SharedPayload Unreadable { get; } = new(-1, IsNegative: false, long.MinValue, []);

    /// <summary>Stands for a payload of another epoch: nothing is wrong with it, but nothing is known of it either.</summary>
    public static SharedPayload Overtaken { get; } = new(-1, IsNegative: false, long.MinValue, []);

    public static byte[] Write(SharedTicket ticket, string key, bool isNegative, long expiresAt, ReadOnlySpan<byte> content, int compressAbove)
    {
        var packed = content.Length > compressAbove ? Compress(content) : null;
        var body = packed ?? content;
        var payload = new byte[HeaderLength + body.Length];
        var header = payload.AsSpan(0, HeaderLength);
        body.CopyTo(payload.AsSpan(HeaderLength));
        header[0] = Magic;
        header[1] = Version;
        header[2] = (byte)((isNegative ? Negative : 0) | (packed is null ? 0 : Compressed));
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], content.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], ticket.Number);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], expiresAt);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], Sum(ticket.Epoch));
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], Sum(key, header[..32], body));
        return payload;
    }

    /// <summary>The payload; <see cref="Overtaken"/> where it is of another epoch, null where it is damaged, another key's, or no payload at all.</summary>
    /// <param name="bytes">What Redis holds.</param>
    /// <param name="key">The key that it stands under.</param>
    /// <param name="epoch">The epoch of the reader.</param>
    public static SharedPayload? Read(ReadOnlySpan<byte> bytes, string key, string epoch)
    {
        if (bytes.Length < HeaderLength || bytes[0] != Magic || bytes[1] != Version)
        {
            return null;
        }

        var header = bytes[..HeaderLength];
        var body = bytes[HeaderLength..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (length is < 0 or > MostContent || BinaryPrimitives.ReadUInt64LittleEndian(header[32..]) != Sum(key, header[..32], body))
        {
            return null;
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(header[24..]) != Sum(epoch))
        {
            return Overtaken;
        }

        var content = (header[2] & Compressed) == 0 ? body.ToArray() : Decompress(body, length);
        return content is null
            ? null
            : new SharedPayload(
                BinaryPrimitives.ReadInt64LittleEndian(header[8..]), (header[2] & Negative) != 0, BinaryPrimitives.ReadInt64LittleEndian(header[16..]), content);
    }

    private static byte[]? Compress(ReadOnlySpan<byte> content)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];

        // Quality 1: a few times faster than the network it saves. What does not shrink is kept as it is.
        return BrotliEncoder.TryCompress(content, packed, out var written, quality: 1, window: 20) && written < content.Length ? packed[..written] : null;
    }

    private static byte[]? Decompress(ReadOnlySpan<byte> body, int length)
    {
        var content = new byte[length];
        return BrotliDecoder.TryDecompress(body, content, out var written) && written == length ? content : null;
    }

    // FNV-1a over eight bytes at a time: it has to tell damage, not to withstand an attack.
    private static ulong Sum(string key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body) => Sum(Sum(Sum(key), header), body);

    private static ulong Sum(string text) => Sum(Start, MemoryMarshal.AsBytes(text.AsSpan()));

    private static ulong Sum(ulong sum, ReadOnlySpan<byte> bytes)
    {
        const ulong Prime = 1099511628211UL;
        while (bytes.Length >= sizeof(ulong))
        {
            sum = (sum ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
            sum ^= sum >> 29;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var single in bytes)
        {
            sum = (sum ^ single) * Prime;
        }

        return sum;
    }
}
