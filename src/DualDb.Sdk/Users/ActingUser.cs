namespace DualDb.Users;

/// <summary>As whom a database acts: one user, however many tokens he comes with.</summary>
internal sealed class ActingUser
{
    private readonly UserRules _rules;
    private readonly IAccessTokenProvider? _tokens;
    private readonly bool _verifies;
    private readonly Lock _lock = new();
    private UserSession? _current;
    private long _epoch;
    private string? _refused;
    private Task<UserSession?>? _refresh;

    /// <summary>A user whose session is at hand.</summary>
    /// <exception cref="AccessTokenException">No user may act in its role.</exception>
    public ActingUser(UserSession session, UserRules rules)
    {
        rules.RequireRole(session);
        _rules = rules;
        _current = session;
    }

    /// <summary>A user whose tokens come from elsewhere.</summary>
    /// <param name="tokens">Where they come from.</param>
    /// <param name="rules">Which are accepted.</param>
    /// <param name="verifies">Whether their signatures are verified here.</param>
    public ActingUser(IAccessTokenProvider tokens, UserRules rules, bool verifies)
    {
        _tokens = tokens;
        _rules = rules;
        _verifies = verifies;
    }

    /// <summary>Grows whenever a token comes whose claims differ from those before. What is read under one number may be kept under it.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>The session: of the user's present token, or of a newer one where that has expired.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="AccessTokenException">There is no token, or it is refused.</exception>
    public async ValueTask<UserSession> SessionAsync(CancellationToken cancellationToken)
    {
        var session = _tokens is null ? _current! : Accept(await AskAsync(_tokens, cancellationToken).ConfigureAwait(false));
        if (!_rules.IsDue(session))
        {
            return session;
        }

        return await RefreshAsync(session, cancellationToken).ConfigureAwait(false)
            ?? (_rules.IsExpired(session) ? throw Expired() : session);
    }

    /// <summary>A newer session than one whose token was refused; null where there is none. The provider is asked once, however many callers hold the refused one.</summary>
    /// <param name="refused">The session that was refused.</param>
    /// <param name="cancellationToken">Cancels the waiting; the others go on.</param>
    /// <exception cref="AccessTokenException">The newer token is refused as well.</exception>
    public async ValueTask<UserSession?> RefreshAsync(UserSession refused, CancellationToken cancellationToken)
    {
        if (_tokens is null || refused.AccessToken is not { } token)
        {
            return null;
        }

        Task<UserSession?> refresh;
        lock (_lock)
        {
            if (!string.Equals(_refused, token, StringComparison.Ordinal))
            {
                if (_current is { } newer && !string.Equals(newer.AccessToken, token, StringComparison.Ordinal))
                {
                    return newer;
                }

                _refused = token;
                _refresh = null;
            }

            // What failed is tried again; that there is none is remembered.
            if (_refresh is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _refresh = Task.Run(() => AskForNewerAsync(_tokens, token), CancellationToken.None);

                // Where every caller has given up nobody awaits the failure, which is no reason to report it as unobserved.
                _ = _refresh.ContinueWith(
                    static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            refresh = _refresh;
        }

        return await refresh.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Its failures are its own: taken for the server's, a read would be repeated, and a write be said to have been sent.
    private static async ValueTask<string?> AskAsync(IAccessTokenProvider tokens, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetAccessTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not DualDbException && !cancellationToken.IsCancellationRequested)
        {
            throw ProviderFailed(exception);
        }
    }

    private static AccessTokenException ProviderFailed(Exception exception)
        => new($"The source of access tokens failed ({exception.GetType().Name}), so that nothing was sent. Look at the inner exception.", exception) { Database = Database.Supabase };

    private async Task<UserSession?> AskForNewerAsync(IAccessTokenProvider tokens, string refused)
    {
        string? token;
        try
        {
            token = await tokens.RefreshAccessTokenAsync(refused, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not DualDbException)
        {
            throw ProviderFailed(exception);
        }

        return string.IsNullOrWhiteSpace(token) || string.Equals(token, refused, StringComparison.Ordinal) ? null : Accept(token, isNewer: true);
    }

    private UserSession Accept(string? token, bool isNewer = false)
    {
        lock (_lock)
        {
            if (token is not null && string.Equals(_current?.AccessToken, token, StringComparison.Ordinal))
            {
                return _current!;
            }

            // A provider may go on handing out the token that was refused: the newer one is known here.
            if (!isNewer && string.Equals(_refused, token, StringComparison.Ordinal) && _refresh is { IsCompletedSuccessfully: true, Result: { } newer })
            {
                return newer;
            }
        }

        var session = _rules.Accept(token, _verifies);
        lock (_lock)
        {
            if (_current is { } known && !IsSameUser(known, session))
            {
                throw new AccessTokenException("The access token is another user's, or of another role, than the one before. Call AsUser anew for each user: once per request.") { Database = Database.Supabase };
            }

            if (_current is null || !string.Equals(_current.Partition, session.Partition, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _epoch);
            }

            // Not over the newer one that may be arriving in this moment.
            if (isNewer || !string.Equals(_refused, token, StringComparison.Ordinal))
            {
                _current = session;
            }

            return session;
        }
    }

    private static bool IsSameUser(UserSession one, UserSession other)
        => string.Equals(one.UserId, other.UserId, StringComparison.Ordinal) && string.Equals(one.Role, other.Role, StringComparison.Ordinal);

    private static AccessTokenException Expired()
        => new("The access token has expired. Refresh the user's session, or hand over an IAccessTokenProvider that does so.") { Database = Database.Supabase };
}
