using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>
/// Where a page ends: the place in the order of its first or last row, bound to the query. Version, direction, the query's fingerprint, the values,
/// and a checksum, in base64 for URLs. The checksum tells accidents and edits by hand; it is no signature.
/// </summary>
internal static class Cursor
{
    // Strict: what is no UTF-8 is no value that a cursor was given.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const byte Version = 1;
    private const int ChecksumLength = 8;
    private const int HeaderLength = 2 + QueryFingerprint.Length;

    public static string Write(CursorDirection direction, ReadOnlySpan<byte> fingerprint, ReadOnlySpan<byte> values)
    {
        var bytes = new byte[HeaderLength + values.Length + ChecksumLength];
        bytes[0] = Version;
        bytes[1] = (byte)direction;
        fingerprint.CopyTo(bytes.AsSpan(2));
        values.CopyTo(bytes.AsSpan(HeaderLength));
        Checksum(bytes.AsSpan(0, HeaderLength + values.Length)).CopyTo(bytes.AsSpan(HeaderLength + values.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor of this query.</summary>
    /// <exception cref="InvalidCursorException">It is none.</exception>
    public static CursorPlace Read<TEntity>(
        string cursor, ReadOnlySpan<byte> fingerprint, IReadOnlyList<OrderTerm<TEntity>> order, EntityInfo entity)
        where TEntity : class
    {
        var bytes = Decode(cursor, entity);
        if (bytes.Length < HeaderLength + ChecksumLength
            || !Checksum(bytes.AsSpan(0, bytes.Length - ChecksumLength)).SequenceEqual(bytes.AsSpan(bytes.Length - ChecksumLength)))
        {
            throw InvalidCursorException.Because(entity, "was cut off or changed on its way");
        }

        if (bytes[0] != Version)
        {
            throw InvalidCursorException.Because(entity, "was made by another version of the SDK");
        }

        if (!bytes.AsSpan(2, QueryFingerprint.Length).SequenceEqual(fingerprint))
        {
            throw InvalidCursorException.Because(entity, "belongs to another query: entity, conditions, their values and the order must be the same");
        }

        var values = bytes[HeaderLength..^ChecksumLength];
        return new CursorPlace((CursorDirection)bytes[1], values, Values(values, order, entity));
    }

    private static byte[] Decode(string cursor, EntityInfo entity)
    {
        try
        {
            // The same bytes can be written in several ways, with blanks or with bits that do not count: only the way they were written is a cursor.
            var bytes = Base64Url.DecodeFromChars(cursor);
            return string.Equals(Base64Url.EncodeToString(bytes), cursor, StringComparison.Ordinal)
                ? bytes
                : throw InvalidCursorException.Because(entity, "was changed on its way");
        }
        catch (FormatException exception)
        {
            throw InvalidCursorException.Because(entity, "has characters that no cursor has", exception);
        }
    }

    private static IReadOnlyList<CursorValue> Values<TEntity>(byte[] bytes, IReadOnlyList<OrderTerm<TEntity>> order, EntityInfo entity)
        where TEntity : class
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var reader = new BinaryReader(stream, Utf8);
        try
        {
            CursorValue[] values = [.. order.Select(term => term.ReadValue(reader))];
            return stream.Position == stream.Length ? values : throw InvalidCursorException.Because(entity, "holds more than its query orders by");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException or ColumnValueException)
        {
            throw InvalidCursorException.Because(entity, "holds values that its query cannot order by", exception);
        }
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, ChecksumLength);
}
