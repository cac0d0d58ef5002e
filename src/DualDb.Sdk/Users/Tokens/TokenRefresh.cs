namespace DualDb.Users;

/// <summary>One asking for a newer token, which all who hold the refused one share.</summary>
internal sealed class TokenRefresh
{
    /// <summary>
    /// How long the answer stands: that there is none, so that not every call asks anew while a user is signed out; and a token that is due as it arrives, which clocks that differ make of
    /// a good one. Short, since a user may sign in again at any time.
    /// </summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly UserSession _refused;
    private readonly TimeProvider _clock;
    private long _ended;

    /// <summary>Asks.</summary>
    /// <param name="refused">The session whose token is no longer taken.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="ask">Asks, and accepts the answer; null where there is none.</param>
    public TokenRefresh(UserSession refused, TimeProvider clock, Func<Task<UserSession?>> ask)
    {
        _refused = refused;
        _clock = clock;
        Answer = Task.Run(() => RunAsync(ask));

        // Where every caller has given up nobody awaits the failure, which is no reason to report it as unobserved.
        _ = Answer.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>The newer session; null where there is none.</summary>
    public Task<UserSession?> Answer { get; }

    // What failed, or hung, is asked again.
    private bool IsRemembered => Answer.IsCompletedSuccessfully && _clock.GetElapsedTime(Volatile.Read(ref _ended)) < Remembered;

    /// <summary>Whether its answer, be it yet to come, is that of whoever asks for a newer token than that of a session.</summary>
    public bool Answers(UserSession session)
        => string.Equals(_refused.AccessToken, session.AccessToken, StringComparison.Ordinal) && (!Answer.IsCompleted || (IsRemembered && Answer.Result is null));

    /// <summary>Whether a session is what it has just brought.</summary>
    public bool HasJustBrought(UserSession session) => IsRemembered && ReferenceEquals(Answer.Result, session);

    private async Task<UserSession?> RunAsync(Func<Task<UserSession?>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _ended, _clock.GetTimestamp());
        }
    }
}
