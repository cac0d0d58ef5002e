using DualDb.Connections;

namespace DualDb.Users;

/// <summary>Which tokens are accepted, and in which roles users may act.</summary>
internal sealed class UserRules
{
    /// <summary>Roles that see everything, or stand for no role at all ("none" would be the login role again): no list makes a user one of these.</summary>
    private static readonly string[] Reserved = ["service_role", "authenticator", "postgres", "none", "public", "default"];

    private readonly string[] _roles;
    private readonly TokenVerifier _verifier;
    private readonly TimeProvider _clock;

    /// <summary>Takes the rules of the options.</summary>
    /// <exception cref="DualDbConfigurationException">They are malformed.</exception>
    public UserRules(SupabaseOptions options, TimeProvider clock)
    {
        var faults = Validate(options).ToArray();
        if (faults.Length > 0)
        {
            throw new DualDbConfigurationException(string.Join(" ", faults)) { Database = Database.Supabase };
        }

        _roles = [.. options.UserRoles];
        _verifier = new TokenVerifier(options.JwtSecret, options.JwtKeys);
        _clock = clock;
        Patience = options.CommandTimeout;
    }

    /// <summary>The clock.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>How long a source of tokens may take to answer.</summary>
    public TimeSpan Patience { get; }

    /// <summary>What is wrong with the options, one sentence per fault; none of them repeats a secret.</summary>
    public static IEnumerable<string> Validate(SupabaseOptions options)
    {
        if (options.JwtSecret is { } secret && secret.Length < 32)
        {
            yield return $"{Option(nameof(options.JwtSecret))} is shorter than 32 characters. Copy the JWT secret of the project as it is.";
        }

        if (KeysFault(options.JwtKeys) is { } fault)
        {
            yield return $"{Option(nameof(options.JwtKeys))} is malformed. {fault} Set it to the text of /auth/v1/.well-known/jwks.json.";
        }

        foreach (var role in options.UserRoles)
        {
            if (string.IsNullOrWhiteSpace(role) || !ClaimText.IsSendable(role) || role.StartsWith("pg_", StringComparison.Ordinal) || role.StartsWith("supabase_", StringComparison.Ordinal) || Reserved.Contains(role, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{Option(nameof(options.UserRoles))} holds '{role}', in which no user may act. List roles that row-level security applies to.";
            }
        }
    }

    /// <summary>Refuses a role that users may not act in.</summary>
    /// <exception cref="AccessTokenException">It is not listed.</exception>
    public void RequireRole(UserSession session)
    {
        if (!_roles.Contains(session.Role, StringComparer.Ordinal))
        {
            throw new AccessTokenException(
                $"The role of the user is none of {Option(nameof(SupabaseOptions.UserRoles))} ({string.Join(", ", _roles)}). Add it there if row-level security applies to it; keys of the service are for no user.")
            { Database = Database.Supabase };
        }
    }

    /// <summary>The session of a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="verifies">Whether nobody else verifies it: over SQL, where the server never sees it. Over REST the server does, but only where it is asked.</param>
    /// <exception cref="AccessTokenException">It is refused. That it has expired is no reason to: it may be refreshed.</exception>
    public UserSession Accept(string? token, bool verifies)
    {
        var decoded = DecodedToken.Decode(token);
        if (verifies)
        {
            if (!_verifier.HasKeys)
            {
                throw new AccessTokenException(
                    $"Over SQL nobody verifies an access token but the SDK, and neither {Option(nameof(SupabaseOptions.JwtSecret))} nor {Option(nameof(SupabaseOptions.JwtKeys))} is set. Set the one that the project signs "
                    + "with; or, where something else has verified the token, such as ASP.NET Core's authentication, hand over UserSession.FromVerifiedToken(token).")
                { Database = Database.Supabase };
            }

            _verifier.Verify(decoded);
        }

        var session = verifies || _verifier.IsSigned(decoded) ? decoded.Session : decoded.Session.AsUnverified();
        RequireRole(session);
        if (decoded.NotBefore > _clock.GetUtcNow() + TokenVerifier.Skew)
        {
            throw new AccessTokenException("The access token is not good yet. Check the clock of this machine.") { Database = Database.Supabase };
        }

        return session;
    }

    /// <summary>Whether a token is due to be refreshed.</summary>
    public bool IsDue(UserSession session) => session.ExpiresAt <= _clock.GetUtcNow();

    /// <summary>Whether a token is no longer taken.</summary>
    public bool IsExpired(UserSession session) => session.ExpiresAt <= _clock.GetUtcNow() - TokenVerifier.Skew;

    private static string? KeysFault(string? keys)
    {
        try
        {
            _ = new TokenVerifier(secret: null, keys);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static string Option(string property) => OptionNames.Option(Database.Supabase, property);
}
