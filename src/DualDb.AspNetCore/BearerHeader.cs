using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore;

/// <summary>The token in the header of a request, which nobody has verified.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";

    /// <summary>The token; null where the request has none.</summary>
    /// <exception cref="AccessTokenException">There is something of a bearer token, but not exactly one: whoever sends one must not pass for nobody.</exception>
    public static string? TokenOf(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        var bearer = values.FirstOrDefault(IsBearer);
        if (bearer is null)
        {
            return null;
        }

        var token = bearer[Scheme.Length..].Trim();
        return values.Count == 1 && token.Length > 0 && !token.Any(static letter => char.IsWhiteSpace(letter) || letter == ',')
            ? token
            : throw new AccessTokenException("The header Authorization holds no token, or several. Send it once, as \"Bearer\" and the access token.");
    }

    private static bool IsBearer(string? value)
        => value is not null && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (value.Length == Scheme.Length || char.IsWhiteSpace(value[Scheme.Length]) || value[Scheme.Length] == ',');
}
