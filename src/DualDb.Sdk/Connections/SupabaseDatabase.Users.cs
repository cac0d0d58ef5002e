using DualDb.Rest;
using DualDb.Users;

namespace DualDb;

// The same database, acting as a user.
public sealed partial class SupabaseDatabase
{
    private SupabaseDatabase(SupabaseDatabase origin, ActingUser user)
        : base(origin, user)
    {
        _userRules = origin._userRules;
        _channel = origin._channel;
        _rest = _channel is null ? null : new RestClient(this, _channel, user);
    }

    /// <summary>Whether it acts as a user: it then shares its connections with another, and disposing of it closes nothing.</summary>
    public bool ActsAsUser => ActsAs is not null;

    /// <summary>The same database, acting as a user whose identity the caller vouches for. Every statement runs in the user's role and with his claims, in a transaction of its own.</summary>
    /// <param name="session">The user. Of a database that acts as a user already, he takes the other's place.</param>
    /// <returns>The database; disposing of it closes nothing.</returns>
    /// <exception cref="AccessTokenException">The role is none of <see cref="SupabaseOptions.UserRoles"/>.</exception>
    /// <exception cref="DualDbConfigurationException">Options about users are malformed.</exception>
    public SupabaseDatabase AsUser(UserSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return AsUser(new ActingUser(session, _userRules.Value));
    }

    /// <summary>The same database, acting as the user of a token.</summary>
    /// <param name="accessToken">Tells the user's present token; called before every statement. One that is missing or refused fails the call.</param>
    /// <returns>The database; disposing of it closes nothing.</returns>
    /// <exception cref="DualDbConfigurationException">Options about users are malformed.</exception>
    /// <remarks>Over SQL the token is verified here, with <see cref="SupabaseOptions.JwtSecret"/> or <see cref="SupabaseOptions.JwtKeys"/>.</remarks>
    public SupabaseDatabase AsUser(Func<string?> accessToken)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        return AsUser(new DelegatedTokens(_ => new ValueTask<string?>(accessToken())));
    }

    /// <inheritdoc cref="AsUser(Func{string})"/>
    public SupabaseDatabase AsUser(Func<CancellationToken, ValueTask<string?>> accessToken)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        return AsUser(new DelegatedTokens(accessToken));
    }

    /// <summary>The same database, acting as the user of a token, which is refreshed where it has expired.</summary>
    /// <param name="accessTokens">Where the user's tokens come from.</param>
    /// <returns>The database; disposing of it closes nothing.</returns>
    /// <exception cref="DualDbConfigurationException">Options about users are malformed.</exception>
    /// <remarks>Over SQL the token is verified here, with <see cref="SupabaseOptions.JwtSecret"/> or <see cref="SupabaseOptions.JwtKeys"/>.</remarks>
    public SupabaseDatabase AsUser(IAccessTokenProvider accessTokens)
    {
        ArgumentNullException.ThrowIfNull(accessTokens);

        // Over SQL nobody else verifies a token; over REST the server does.
        return AsUser(new ActingUser(accessTokens, _userRules.Value, verifies: Rest is null));
    }

    /// <summary>The same connections, acting as a user.</summary>
    internal SupabaseDatabase AsUser(ActingUser user) => new(this, user);
}
