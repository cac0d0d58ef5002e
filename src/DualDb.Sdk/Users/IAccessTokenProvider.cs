namespace DualDb;

/// <summary>Where the access tokens of one user come from: the session of an authentication client, a store of its own, anything.</summary>
/// <remarks>Called from any thread, and before every call that has to know the user: answer from memory where that can be.</remarks>
public interface IAccessTokenProvider
{
    /// <summary>The user's present token.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>The token; null where the user has none, which fails the call: it never falls back to the application's own rights.</returns>
    ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken);

    /// <summary>A newer token than one that is no longer taken. Asked once, however many calls hold the refused one.</summary>
    /// <param name="refused">The token that has expired, or that the server refused.</param>
    /// <param name="cancellationToken">Never cancelled by a caller that gives up: others wait for the same answer.</param>
    /// <returns>The newer token, of the same user and role; null where there is none.</returns>
    ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken);
}
