using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DualDb.Rest;

/// <summary>What the API keys of a Supabase project look like (https://supabase.com/docs/guides/api/api-keys).</summary>
internal static class RestKeys
{
    private const string Publishable = "sb_publishable_";
    private const string Secret = "sb_secret_";

    /// <summary>Whether a key is a JSON Web Token, as the older keys are: it is sent as a bearer token as well.</summary>
    public static bool IsToken(string key) => key.Count(static character => character == '.') == 2;

    /// <summary>Whether a key passes by row-level security, or may: of the older keys that of <c>anon</c> alone is publishable.</summary>
    public static bool IsSecret(string key)
        => key.StartsWith(Secret, StringComparison.Ordinal) || (IsToken(key) && !string.Equals(RoleOf(key), "anon", StringComparison.Ordinal));

    /// <summary>Why a key cannot be one; null where it can. The key itself is never repeated.</summary>
    public static string? FindFault(string key)
    {
        if (key.Any(static character => character is <= ' ' or > '~'))
        {
            return "It holds characters that no key has: look for line breaks and blanks around it.";
        }

        return key.StartsWith(Publishable, StringComparison.Ordinal) || key.StartsWith(Secret, StringComparison.Ordinal) || (IsToken(key) && RoleOf(key) is not null)
            ? null
            : "A key begins with sb_publishable_ or sb_secret_, or is a JSON Web Token with a role (the anon and service_role keys).";
    }

    private static string? RoleOf(string token)
    {
        try
        {
            var payload = Base64Url.DecodeFromChars(token.Split('.')[1]);
            using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(payload));
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String
                ? role.GetString()
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
