using DualDb.Users;

namespace DualDb;

/// <summary>As whom Supabase is asked: a user, the role that acts for him, and what policies may look at.</summary>
/// <remarks>Whoever makes one vouches for it: that the user is the one who asks has been verified before. <see cref="object.ToString"/> shows neither the token nor the claims.</remarks>
public sealed class UserSession
{
    /// <summary>The role of users who are signed in.</summary>
    internal const string Authenticated = "authenticated";

    /// <summary>The role of everybody else.</summary>
    internal const string Anon = "anon";

    private readonly bool _isVerified;
    private string? _partition;

    /// <summary>A user whose identity the caller vouches for; without a token, so that Supabase has to be reached over SQL.</summary>
    /// <param name="userId">The user, as policies see him: <c>auth.uid()</c>.</param>
    /// <param name="role">The role that acts for him; one of <see cref="SupabaseOptions.UserRoles"/>.</param>
    public UserSession(Guid userId, string role = Authenticated)
        : this(userId.ToString("D"), role)
    {
    }

    /// <inheritdoc cref="UserSession(Guid, string)"/>
    /// <exception cref="ArgumentException">A text is blank, or holds what PostgreSQL takes in no text.</exception>
    public UserSession(string userId, string role = Authenticated)
        : this(ClaimText.Require(userId, nameof(userId)), ClaimText.Require(role, nameof(role)), ClaimText.Write(userId, role), accessToken: null, expiresAt: null)
    {
    }

    internal UserSession(string userId, string role, string claims, string? accessToken, DateTimeOffset? expiresAt, bool isVerified = true)
    {
        _isVerified = isVerified;
        UserId = userId;
        Role = role;
        Claims = claims;
        AccessToken = accessToken;
        ExpiresAt = expiresAt;
    }

    /// <summary>Nobody in particular: the role <c>anon</c>, without a user and without a token.</summary>
    public static UserSession Anonymous { get; } = new("", Anon, ClaimText.Write(userId: null, Anon), accessToken: null, expiresAt: null);

    /// <summary>Whether it is nobody in particular, for whom over REST the publishable key speaks.</summary>
    internal bool IsAnonymous => AccessToken is null && UserId.Length == 0;

    /// <summary>The user: the claim <c>sub</c>. Empty for nobody in particular.</summary>
    public string UserId { get; }

    /// <summary>The role that acts for the user.</summary>
    public string Role { get; }

    /// <summary>All claims, as JSON: <c>auth.jwt()</c>.</summary>
    public string Claims { get; }

    /// <summary>The token; null where the session was made without one.</summary>
    public string? AccessToken { get; }

    /// <summary>Until when the token is good; null where nothing says.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>
    /// What tells entries of the cache apart: all that a policy may look at, but nothing that changes from token to token. Of a token that only the server verifies it is the token as well:
    /// what is in memory is given out without asking the server, and whoever makes up a token of another's claims must not find what is kept for that other.
    /// </summary>
    internal string Partition => _partition ??= ClaimDigest.Of(this, _isVerified);

    /// <summary>The same session, of a token whose signature nobody has looked at yet.</summary>
    internal UserSession AsUnverified() => new(UserId, Role, Claims, AccessToken, ExpiresAt, isVerified: false);

    /// <summary>
    /// The session of a token that something else has verified, such as ASP.NET Core's authentication. It is decoded, no more: over SQL whoever could hand over a token of
    /// his own making would be whom he likes.
    /// </summary>
    /// <param name="accessToken">The token.</param>
    /// <exception cref="AccessTokenException">It is none.</exception>
    public static UserSession FromVerifiedToken(string accessToken) => DecodedToken.Decode(accessToken).Session;

    /// <inheritdoc/>
    public override string ToString() => $"a user session in the role {Role}";
}
