using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>PostgreSQL's <c>hashtextextended(text, 0)</c>, by which keys are shared out among parts: what is decoded never meets the statement that would calculate it.</summary>
internal static class KeyHash
{
    /// <summary>Which part a key belongs to, as <c>abs(hashtextextended(key, 0) % parts)</c> says it.</summary>
    public static int PartOf(string key, int parts) => (int)Math.Abs(Of(key) % parts);

    public static long Of(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        var a = 0x9e3779b9u + (uint)bytes.Length + 3923095u;
        var (b, c) = (a, a);
        for (; bytes.Length >= 12; bytes = bytes[12..])
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            Mix(ref a, ref b, ref c);
        }

        // The lowest byte of the third word is left out: it stands for the length.
        Span<byte> rest = stackalloc byte[12];
        rest.Clear();
        bytes[..Math.Min(8, bytes.Length)].CopyTo(rest);
        if (bytes.Length > 8)
        {
            bytes[8..].CopyTo(rest[9..]);
        }

        a += BinaryPrimitives.ReadUInt32LittleEndian(rest);
        b += BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]);
        Finish(ref a, ref b, ref c);
        return (long)(((ulong)b << 32) | c);
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        Turn(ref a, ref c, b, 4);
        Turn(ref b, ref a, c, 6);
        Turn(ref c, ref b, a, 8);
        Turn(ref a, ref c, b, 16);
        Turn(ref b, ref a, c, 19);
        Turn(ref c, ref b, a, 4);
    }

    private static void Turn(ref uint first, ref uint second, uint third, int bits)
    {
        first -= second;
        first ^= BitOperations.RotateLeft(second, bits);
        second += third;
    }

    private static void Finish(ref uint a, ref uint b, ref uint c)
    {
        Fold(ref c, b, 14);
        Fold(ref a, c, 11);
        Fold(ref b, a, 25);
        Fold(ref c, b, 16);
        Fold(ref a, c, 4);
        Fold(ref b, a, 14);
        Fold(ref c, b, 24);
    }

    private static void Fold(ref uint target, uint with, int bits)
    {
        target ^= with;
        target -= BitOperations.RotateLeft(with, bits);
    }
}
