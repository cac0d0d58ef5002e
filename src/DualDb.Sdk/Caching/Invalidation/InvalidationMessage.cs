using System.Buffers.Binary;
using System.Text;

namespace DualDb.Caching;

/// <summary>The form in which an invalidation travels: counted texts, so that a key may hold any character.</summary>
internal static class InvalidationMessage
{
    private const byte Version = 1;

    public static byte[] Write(Invalidation invalidation)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(Version);
        Write(stream, invalidation.Dependencies.Count);
        foreach (var dependency in invalidation.Dependencies)
        {
            Write(stream, dependency);
        }

        Write(stream, invalidation.Addresses.Count);
        foreach (var (subject, kind, text) in invalidation.Addresses)
        {
            Write(stream, subject);
            Write(stream, kind);
            Write(stream, text);
        }

        return stream.ToArray();
    }

    /// <summary>The invalidation; null where the bytes are none, or of a version to come.</summary>
    public static Invalidation? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Version)
        {
            return null;
        }

        var rest = bytes[1..];
        var invalidation = new Invalidation();
        if (!TryRead(ref rest, out int dependencies))
        {
            return null;
        }

        for (var index = 0; index < dependencies; index++)
        {
            if (!TryRead(ref rest, out string dependency))
            {
                return null;
            }

            invalidation.Add(dependency);
        }

        if (!TryRead(ref rest, out int addresses))
        {
            return null;
        }

        for (var index = 0; index < addresses; index++)
        {
            if (!TryRead(ref rest, out string subject) || !TryRead(ref rest, out string kind) || !TryRead(ref rest, out string text))
            {
                return null;
            }

            invalidation.Add(new CacheAddress(subject, kind, text));
        }

        return invalidation;
    }

    private static void Write(MemoryStream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static void Write(MemoryStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(stream, bytes.Length);
        stream.Write(bytes);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> rest, out int number)
    {
        number = 0;
        if (rest.Length < sizeof(int))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return number >= 0;
    }

    private static bool TryRead(ref ReadOnlySpan<byte> rest, out string text)
    {
        text = "";
        if (!TryRead(ref rest, out int length) || length > rest.Length)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return true;
    }
}
