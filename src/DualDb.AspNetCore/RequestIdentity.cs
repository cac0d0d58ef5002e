using System.Security.Claims;

namespace DualDb.AspNetCore;

/// <summary>Whom the authentication of a request has found.</summary>
internal static class RequestIdentity
{
    private const string Subject = "sub";

    /// <summary>Whether it has found anybody.</summary>
    public static bool IsAuthenticated(ClaimsPrincipal user) => user.Identities.Any(static identity => identity.IsAuthenticated);

    /// <summary>Refuses a token of somebody else, or of one of several: nobody acts as another than the one that the rest of the application takes him for.</summary>
    /// <exception cref="AccessTokenException">The authentication has found somebody else, or does not say whom.</exception>
    public static void Require(ClaimsPrincipal user, UserSession session)
    {
        var subjects = user.Identities
            .Where(static identity => identity.IsAuthenticated)
            .Select(static identity => (identity.FindFirst(ClaimTypes.NameIdentifier) ?? identity.FindFirst(Subject))?.Value)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (subjects is not [{ } only] || !string.Equals(only, session.UserId, StringComparison.Ordinal))
        {
            throw new AccessTokenException(
                "The access token is of another user than the one that the request is authenticated as (its claim \"sub\" or NameIdentifier), or that one is not told. "
                + "Authenticate the request by the token, or let its authentication keep the token (SaveToken, SaveTokens).") { Database = Database.Supabase };
        }
    }
}
