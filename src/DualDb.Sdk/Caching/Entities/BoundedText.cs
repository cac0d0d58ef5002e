using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DualDb.Caching;

/// <summary>The texts of keys, none longer than a limit: a key of 10 KB would be kept in memory, in Redis and in every message.</summary>
internal static class BoundedText
{
    private const int Longest = 256;

    public static bool IsLong(ReadOnlySpan<char> text) => text.Length > Longest;

    /// <summary>The text; a digest in its place where it is long.</summary>
    public static string Of(ReadOnlySpan<char> text)
        => IsLong(text) ? "#" + Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(text))) : text.ToString();
}
