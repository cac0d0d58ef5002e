namespace DualDb;

/// <summary>Where the access tokens of one user come from: the session of an authentication client, a store of its own, anything.</summary>
/// <remarks>
/// Called from any thread, and before every call that has to know the user: answer from memory where that can be. What does not answer within <see cref="DatabaseOptions.CommandTimeout"/>
/// (over REST, where it is part of the call's own deadline, within somewhat less than half of it) fails the call with an <see cref="AccessTokenException"/>.
/// </remarks>
public interface IAccessTokenProvider
{
    /// <summary>The user's present token.</summary>
    /// <param name="cancellationToken">Cancelled when the caller gives up, or the time is over.</param>
    /// <returns>The token; null where the user has none, which fails the call: it never falls back to the application's own rights.</returns>
    ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A newer token than one that is no longer taken. Asked once, however many calls hold the refused one; that there is none is remembered for five seconds. The older one may go on coming
    /// from <see cref="GetAccessTokenAsync"/>: the newer is used in its place.
    /// </summary>
    /// <param name="refused">The token that has expired, or that the server refused.</param>
    /// <param name="cancellationToken">Cancelled when the time is over; never by a caller that gives up, since others wait for the same answer.</param>
    /// <returns>The newer token, of the same user and role; null where there is none. One that has expired counts as none.</returns>
    ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken);
}
