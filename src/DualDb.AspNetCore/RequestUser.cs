using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore;

/// <summary>Finds the user of a request.</summary>
internal static class RequestUser
{
    private const string Scheme = "Bearer ";

    /// <summary>The root as that user sees it.</summary>
    /// <exception cref="AccessTokenException">There is none, or his token is malformed.</exception>
    public static TRoot Root<TRoot>(TRoot root, HttpContext? context, CurrentUserOptions options)
        where TRoot : class, IDualDatabase<TRoot>
    {
        if (context is null)
        {
            throw new AccessTokenException("There is no request whose user could be acted as. In a background service, call AsUser with a session of your own, or act as the application.");
        }

        if (VerifiedToken(context) is { } verified)
        {
            return root.AsUser(UserSession.FromVerifiedToken(verified));
        }

        if (HeaderToken(context) is { } token)
        {
            return root.AsUser(() => token);
        }

        return options.AllowAnonymous && context.User.Identity is not { IsAuthenticated: true }
            ? root.AsUser(UserSession.Anonymous)
            : throw new AccessTokenException(
                "The request has no access token. Require authorization for it, or let it act in the role anon: AddCurrentUser(options => options.AllowAnonymous = true). "
                + "Where it is authenticated otherwise than by a token, let the authentication keep one (SaveTokens).");
    }

    /// <summary>
    /// The token that the request was authenticated by. That it is authenticated is not enough to trust the token in its header: a request may be authenticated by a cookie, and carry a
    /// token of its sender's own making beside it.
    /// </summary>
    private static string? VerifiedToken(HttpContext context)
        => context.User.Identity is { IsAuthenticated: true }
            && context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is { Succeeded: true, Properties: { } properties } result
            && result.Principal?.Identity == context.User.Identity
            && properties.GetTokenValue("access_token") is { Length: > 0 } token
            ? token
            : null;

    private static string? HeaderToken(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        return header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : null;
    }
}
