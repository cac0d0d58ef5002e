using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DualDb.Users;

/// <summary>A short text for all that policies may look at. Two sessions with the same one may share entries of the cache.</summary>
internal static class ClaimDigest
{
    /// <summary>Long enough that nobody finds a second user with the digest of a first.</summary>
    private const int Bytes = 24;

    /// <summary>What changes from token to token of the same user. A policy that looks at these could not be cached for a moment.</summary>
    private static readonly string[] Passing = ["exp", "iat", "jti", "nbf", "session_id", "sid"];

    public static string Of(UserSession session, bool isVerified)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, isVerified ? "" : session.AccessToken ?? "");
        Add(hash, session.UserId);
        Add(hash, session.Role);
        using var claims = JsonDocument.Parse(session.Claims);
        foreach (var claim in claims.RootElement.EnumerateObject().Where(static claim => !Passing.Contains(claim.Name, StringComparer.Ordinal)).OrderBy(static claim => claim.Name, StringComparer.Ordinal))
        {
            Add(hash, claim.Name);
            Add(hash, claim.Value.GetRawText());
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, Bytes));
    }

    // Behind its length, so that no two lists of texts look alike.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
