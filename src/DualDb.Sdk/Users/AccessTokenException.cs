namespace DualDb;

/// <summary>
/// The token of a user is missing, malformed, expired, refused, of the wrong signature, or of a role that nobody may act in. Nothing was sent. The message holds neither the token nor
/// anything of what it says.
/// </summary>
/// <param name="message">What is wrong, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class AccessTokenException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>What is wrong, without the operation before it; null where no operation is named yet.</summary>
    internal string? Reason { get; init; }
}
