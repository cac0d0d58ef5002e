using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore;

/// <summary>Finds the user of a request.</summary>
internal static class RequestUser
{
    /// <summary>The root as that user sees it.</summary>
    /// <exception cref="AccessTokenException">There is none, or his token is malformed, or it is not told whose of several tokens counts.</exception>
    public static TRoot Root<TRoot>(TRoot root, HttpContext? context, CurrentUserOptions options)
        where TRoot : class, IDualDatabase<TRoot>
    {
        if (context is null)
        {
            throw new AccessTokenException("There is no request whose user could be acted as. In a background service, call AsUser with a session of your own, or act as the application.");
        }

        var isAuthenticated = RequestIdentity.IsAuthenticated(context.User);
        if (isAuthenticated && KeptToken.Of(context) is { } kept)
        {
            return root.AsUser(kept);
        }

        if (BearerHeader.TokenOf(context.Request) is { } token)
        {
            if (isAuthenticated)
            {
                RequestIdentity.Require(context.User, UserSession.FromVerifiedToken(token));
            }

            return root.AsUser(() => token);
        }

        return options.AllowAnonymous && !isAuthenticated
            ? root.AsUser(UserSession.Anonymous)
            : throw new AccessTokenException(
                "The request has no access token. Require authorization for it, or let it act in the role anon: AddCurrentUser(options => options.AllowAnonymous = true). "
                + "Where it is authenticated otherwise than by a token, let the authentication keep one (SaveTokens).");
    }
}
