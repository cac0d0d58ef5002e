using DualDb.Users;

namespace DualDb;

// As whom it may be asked.
public sealed partial class SupabaseOptions
{
    /// <summary>
    /// The secret that the project signs access tokens with (HS256), to verify them with over SQL, where the server never sees one. Null for a project that signs with keys, or whose
    /// tokens are verified elsewhere.
    /// </summary>
    public string? JwtSecret { get; set; }

    /// <summary>The public keys of a project that signs with keys (ES256, RS256): the text of <c>/auth/v1/.well-known/jwks.json</c>. Null for none.</summary>
    public string? JwtKeys { get; set; }

    /// <summary>
    /// The roles that users may act in, by the claim <c>role</c>: <c>authenticated</c> and <c>anon</c> unless set. Roles that row-level security does not apply to, such as
    /// <c>service_role</c>, are refused here. Over SQL the login role has to be a member of each.
    /// </summary>
    public IList<string> UserRoles { get; } = [UserSession.Authenticated, UserSession.Anon];
}
