using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DualDb.Users;

/// <summary>A JSON Web Token, taken apart. Says nothing about who signed it.</summary>
/// <param name="Session">What it says.</param>
/// <param name="Algorithm">How it claims to be signed.</param>
/// <param name="KeyId">The key that it claims to be signed with; null where it names none.</param>
/// <param name="NotBefore">From when on it is good; null where nothing says.</param>
/// <param name="Signed">What the signature is over.</param>
/// <param name="Signature">The signature.</param>
internal sealed record DecodedToken(UserSession Session, string Algorithm, string? KeyId, DateTimeOffset? NotBefore, byte[] Signed, byte[] Signature)
{
    /// <summary>Far above any real token, which has to fit into a header of a request.</summary>
    private const int MostCharacters = 16 * 1024;

    private const int Parts = 3;

    // A name that comes twice would be one thing here and another in PostgreSQL.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes a token apart.</summary>
    /// <exception cref="AccessTokenException">It is none, or says neither user nor role.</exception>
    public static DecodedToken Decode(string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            throw new AccessTokenException("There is no access token. Sign the user in, or ask without a user.");
        }

        if (token.Length > MostCharacters)
        {
            throw Malformed($"it is longer than {MostCharacters} characters");
        }

        var parts = token.Split('.');
        if (parts.Length != Parts)
        {
            throw Malformed("it does not have the three parts of a signed JSON Web Token");
        }

        try
        {
            return Decode(token, parts);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // Without the cause: what the parsers say may quote what they read.
            throw Malformed("a part of it is not what it should be");
        }
    }

    private static DecodedToken Decode(string token, string[] parts)
    {
        if (token.Any(static character => character is <= ' ' or > '~'))
        {
            throw Malformed("it holds blanks or line breaks, which the end of a file leaves behind; trim it");
        }

        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), Strict);
        RefuseExtensions(header.RootElement);
        var claims = StrictUtf8.GetString(Base64Url.DecodeFromChars(parts[1]));
        using var payload = JsonDocument.Parse(claims, Strict);
        var role = Text(payload.RootElement, "role") ?? throw new AccessTokenException("The access token says no role. Supabase puts the claim \"role\" into its own; add it to those of another issuer.");
        var user = Text(payload.RootElement, "sub");
        if (string.IsNullOrEmpty(user) && !string.Equals(role, UserSession.Anon, StringComparison.Ordinal))
        {
            throw new AccessTokenException("The access token says no user (\"sub\"). An API key is no user's token: sign a user in.");
        }

        var session = new UserSession(user ?? "", role, claims, token, Time(payload.RootElement, "exp"));
        return new DecodedToken(
            session,
            Text(header.RootElement, "alg") ?? throw Malformed("its header names no algorithm"),
            Text(header.RootElement, "kid"),
            Time(payload.RootElement, "nbf"),
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]));
    }

    // RFC 7515, 4.1.11: who does not understand a critical extension must not accept the token.
    private static void RefuseExtensions(JsonElement header)
    {
        if (header.TryGetProperty("crit", out _))
        {
            throw Malformed("its header asks for extensions, of which none is supported");
        }
    }

    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && ClaimText.IsSendable(text)
            ? text
            : throw Malformed($"its \"{name}\" is no text that PostgreSQL could take");
    }

    private static DateTimeOffset? Time(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        const double Latest = 253_402_300_799; // the end of the year 9999
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds >= 0
            ? DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(seconds, Latest))
            : throw Malformed($"its \"{name}\" is no time");
    }

    private static AccessTokenException Malformed(string reason)
        => new($"The access token is malformed: {reason}. Hand over the access_token of a session, without \"Bearer\" before it.");
}
