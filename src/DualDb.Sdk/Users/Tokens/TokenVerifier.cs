using System.Security.Cryptography;
using System.Text;

namespace DualDb.Users;

/// <summary>Tells whether a token was signed with the project's own keys. The algorithm is the key's, never the token's word alone.</summary>
internal sealed class TokenVerifier
{
    /// <summary>Clocks differ; PostgREST allows as much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly byte[]? _secret;
    private readonly IReadOnlyList<PublicKey> _keys;

    /// <summary>Takes the keys of the options.</summary>
    /// <param name="secret">The shared secret; null for none.</param>
    /// <param name="keys">The public keys, as JSON; null for none.</param>
    /// <exception cref="FormatException">The keys are none.</exception>
    public TokenVerifier(string? secret, string? keys)
    {
        _secret = string.IsNullOrEmpty(secret) ? null : Encoding.UTF8.GetBytes(secret);
        _keys = string.IsNullOrWhiteSpace(keys) ? [] : PublicKey.ParseSet(keys);
    }

    /// <summary>Whether there is anything to verify with.</summary>
    public bool HasKeys => _secret is not null || _keys.Count > 0;

    /// <summary>Refuses a token that somebody else has signed, or nobody.</summary>
    /// <exception cref="AccessTokenException">It is not the project's.</exception>
    public void Verify(DecodedToken token)
    {
        var isSigned = token.Algorithm switch
        {
            "HS256" => _secret is null
                ? throw new AccessTokenException("The access token is signed with a shared secret (HS256), and Supabase.JwtSecret is not set. Set it, or let the project sign with its keys.")
                : CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_secret, token.Signed), token.Signature),
            PublicKey.Es256 or PublicKey.Rs256 => IsSignedWithKey(token),
            _ => throw new AccessTokenException("The access token is signed with an algorithm that is not accepted. HS256, ES256 and RS256 are."),
        };
        if (!isSigned)
        {
            throw new AccessTokenException("The signature of the access token is wrong: it is another project's, or was tampered with. Check Supabase.JwtSecret and Supabase.JwtKeys.");
        }
    }

    /// <summary>Whether the project has signed a token, as far as the keys at hand can tell.</summary>
    public bool IsSigned(DecodedToken token)
    {
        if (!HasKeys)
        {
            return false;
        }

        try
        {
            Verify(token);
            return true;
        }
        catch (AccessTokenException)
        {
            return false;
        }
    }

    private bool IsSignedWithKey(DecodedToken token)
    {
        var keys = _keys
            .Where(key => string.Equals(key.Algorithm, token.Algorithm, StringComparison.Ordinal)
                && (token.KeyId is null || string.Equals(key.Id, token.KeyId, StringComparison.Ordinal)))
            .ToArray();
        return keys.Length == 0
            ? throw new AccessTokenException("The access token is signed with a key that Supabase.JwtKeys does not hold. Take the keys anew from /auth/v1/.well-known/jwks.json of the project.")
            : Array.Exists(keys, key => key.Verifies(token.Signed, token.Signature));
    }
}
