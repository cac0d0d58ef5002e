namespace DualDb;

/// <summary>A generated root by its own interface: the same repositories and views, acting as a user.</summary>
/// <typeparam name="TRoot">The interface of the root.</typeparam>
public interface IDualDatabase<out TRoot> : IDualDatabase
    where TRoot : class, IDualDatabase
{
    /// <summary>
    /// The root as a user sees it: what it asks of Supabase runs in the user's role and with his claims, under row-level security. It shares connections, Neon and the cache, where entries
    /// of Supabase are the user's own unless declared <see cref="CachedForAttribute.Shared"/>; disposing of it closes nothing. Make one per user and request: it costs no round trip.
    /// </summary>
    /// <param name="session">The user, for whom the caller vouches. On a root that acts as a user already, he takes the other's place.</param>
    /// <exception cref="AccessTokenException">The role is none of <see cref="SupabaseOptions.UserRoles"/>.</exception>
    TRoot AsUser(UserSession session);

    /// <summary>The root as the user of a token sees it, as with <see cref="AsUser(UserSession)"/>.</summary>
    /// <param name="accessToken">
    /// Tells the user's present token; called before what has to know the user. Where it tells none, or one that is refused, the call fails with an <see cref="AccessTokenException"/>: it
    /// never falls back to the application's own rights.
    /// </param>
    TRoot AsUser(Func<string?> accessToken);

    /// <inheritdoc cref="AsUser(Func{string})"/>
    TRoot AsUser(Func<CancellationToken, ValueTask<string?>> accessToken);

    /// <summary>The root as the user of a token sees it, as with <see cref="AsUser(UserSession)"/>; a token that has expired is refreshed.</summary>
    /// <param name="accessTokens">Where the user's tokens come from.</param>
    TRoot AsUser(IAccessTokenProvider accessTokens);
}
