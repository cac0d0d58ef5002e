namespace DualDb;

/// <summary>Whom requests act as.</summary>
public sealed class CurrentUserOptions
{
    /// <summary>
    /// Whether a request without a user and without a token acts in the role <c>anon</c>; it is refused with an <see cref="AccessTokenException"/> unless set. A token that is refused is
    /// refused either way, and so is a header <c>Authorization</c> that says <c>Bearer</c> without exactly one token.
    /// </summary>
    public bool AllowAnonymous { get; set; }
}
