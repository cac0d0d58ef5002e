using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore;

/// <summary>
/// The token that a request was authenticated by. That it is authenticated is not enough to trust the token in its header: a request may be authenticated by a cookie, and carry a token of its
/// sender's own making beside it.
/// </summary>
internal static class KeptToken
{
    private const string Name = "access_token";

    /// <summary>The session of the token; null where no authentication of the request has kept one.</summary>
    /// <exception cref="AccessTokenException">The token is malformed; or there are several, or several users, so that nobody can tell which is meant.</exception>
    public static UserSession? Of(HttpContext context)
    {
        if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is not { Succeeded: true, Ticket: { } ticket } || ticket.Principal.Identity != context.User.Identity)
        {
            return null;
        }

        return ticket.Properties.GetTokenValue(Name) is { Length: > 0 } token ? UserSession.FromVerifiedToken(token) : OfSchemes(context, ticket);
    }

    /// <summary>
    /// Where a policy names schemes, the ticket is one that authorization has put together of theirs: it names them, separated by semicolons, and has lost what they kept. Each has kept it for
    /// itself, and authenticates but once per request.
    /// </summary>
    private static UserSession? OfSchemes(HttpContext context, AuthenticationTicket ticket)
    {
        var tickets = ticket.AuthenticationScheme
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .Select(scheme => TicketOf(context, scheme))
            .OfType<AuthenticationTicket>()
            .ToArray();
        var tokens = tickets.Select(static each => each.Properties.GetTokenValue(Name)).Where(static token => !string.IsNullOrEmpty(token)).Distinct(StringComparer.Ordinal).ToArray();
        if (tokens.Length > 1)
        {
            throw new AccessTokenException($"The request is authenticated in several ways ({ticket.AuthenticationScheme}), which have kept different access tokens. Let its policy name one.") { Database = Database.Supabase };
        }

        if (tokens is not [{ } token])
        {
            return null;
        }

        var session = UserSession.FromVerifiedToken(token);
        if (tickets.Length > 1)
        {
            // Of two users that were found, one with a token, the other is the request's as much.
            RequestIdentity.Require(context.User, session);
        }

        return session;
    }

    // Of the handler, not by way of the service: that would transform the principal once more, which may take its time, and whose tokens do not change by it.
    private static AuthenticationTicket? TicketOf(HttpContext context, string scheme)
        => Completed(context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, scheme), scheme) is { } handler
            && Completed(handler.AuthenticateAsync(), scheme) is { Succeeded: true, Ticket: { } ticket }
            ? ticket
            : null;

    /// <summary>What has been found out in this request already, and is at hand; nothing here waits.</summary>
    private static T Completed<T>(Task<T> known, string scheme)
        => known.IsCompletedSuccessfully
            ? known.Result
            : throw new AccessTokenException(
                $"The authentication scheme {scheme} does not have its result at hand, so that its access token cannot be told. Make it the default scheme, or let it authenticate once per request, as AuthenticationHandler does.",
                known.Exception) { Database = Database.Supabase };
}
