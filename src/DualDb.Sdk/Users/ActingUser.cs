namespace DualDb.Users;

/// <summary>As whom a database acts: one user, however many tokens he comes with.</summary>
internal sealed class ActingUser
{
    /// <summary>After so many tokens in a row with claims of their own, nothing read under one of them is ever asked for again.</summary>
    private const int MostChanges = 3;

    private static readonly AsyncLocal<Failed?> KnownFailure = new();

    private readonly UserRules _rules;
    private readonly TokenSource? _source;
    private readonly bool _verifies;
    private readonly Lock _lock = new();
    private readonly ReplacedTokens _replaced = new();
    private UserSession? _current;
    private TokenRefresh? _refresh;
    private long _epoch;
    private int _changes;

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
    /// <param name="verifies">Whether their signatures are verified here: over SQL, where nobody else does so.</param>
    public ActingUser(IAccessTokenProvider tokens, UserRules rules, bool verifies)
    {
        _source = new TokenSource(tokens, rules.Patience, rules.Clock);
        _rules = rules;
        _verifies = verifies;
    }

    /// <summary>Grows whenever a token comes whose claims differ from those before. What is read under one number may be kept under it.</summary>
    public long Epoch
    {
        get
        {
            lock (_lock)
            {
                return _epoch;
            }
        }
    }

    /// <summary>Whether every call comes with claims of its own, so that nothing is worth being kept.</summary>
    public bool IsUnsteady => Volatile.Read(ref _changes) >= MostChanges;

    /// <summary>The session: of the user's present token, or of a newer one where that has expired.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="AccessTokenException">There is no token, or it is refused.</exception>
    public async ValueTask<UserSession> SessionAsync(CancellationToken cancellationToken)
    {
        if (KnownFailure.Value is { } failed && failed.User == this)
        {
            throw failed.Failure;
        }

        var session = _source is null ? _current! : Accept(await _source.PresentAsync(cancellationToken).ConfigureAwait(false));
        if (IsGood(session))
        {
            return session;
        }

        var newer = await RefreshAsync(session, cancellationToken).ConfigureAwait(false) ?? session;
        return _rules.IsExpired(newer) ? throw Expired() : newer;
    }

    /// <summary>The session with the number of its claims; null where others have come in the same moment.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="AccessTokenException">There is no token, or it is refused.</exception>
    public async ValueTask<(UserSession Session, long Epoch)?> BeginAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            return HasClaimsOf(_current, session) ? (session, _epoch) : null;
        }
    }

    /// <summary>A newer session than one whose token was refused; null where there is none. The provider is asked once, however many callers hold the refused one.</summary>
    /// <param name="refused">The session that was refused.</param>
    /// <param name="cancellationToken">Cancels the waiting; the others go on.</param>
    /// <exception cref="AccessTokenException">The newer token is refused as well.</exception>
    public async ValueTask<UserSession?> RefreshAsync(UserSession refused, CancellationToken cancellationToken)
    {
        if (_source is null || refused.AccessToken is null)
        {
            return null;
        }

        TokenRefresh refresh;
        lock (_lock)
        {
            var due = _current ?? refused;
            var isBeingReplaced = _refresh?.Answers(due) is true;
            if (!HasTokenOf(due, refused) && !isBeingReplaced && IsGood(due))
            {
                return due;
            }

            refresh = isBeingReplaced ? _refresh! : _refresh = new TokenRefresh(due, _rules.Clock, () => AskForNewerAsync(_source, due));
        }

        return await refresh.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the rest of the calling method fail of what it has found out already: who reads can name what was read, and must not wait for the source a second time.</summary>
    public void Expect(AccessTokenException failure) => KnownFailure.Value = new Failed(this, failure);

    private async Task<UserSession?> AskForNewerAsync(TokenSource source, UserSession due)
    {
        var token = await source.NewerAsync(due.AccessToken!).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(token) || string.Equals(token, due.AccessToken, StringComparison.Ordinal))
        {
            return null;
        }

        var newer = _rules.Accept(token, _verifies);
        lock (_lock)
        {
            if (_rules.IsExpired(newer))
            {
                return null;
            }

            // The provider may have handed out another meanwhile: a user has signed in again.
            if (_current is { } current && !HasTokenOf(current, due) && IsGood(current))
            {
                return current;
            }

            _replaced.Add(due.AccessToken!);
            _replaced.Remove(token);
            return Take(newer);
        }
    }

    private UserSession Accept(string? token)
    {
        lock (_lock)
        {
            if (token is not null && string.Equals(_current?.AccessToken, token, StringComparison.Ordinal))
            {
                _changes = 0;
                return _current!;
            }

            if (_replaced.Contains(token))
            {
                return _current!;
            }
        }

        var session = _rules.Accept(token, _verifies);
        lock (_lock)
        {
            // Not over the newer one that may have arrived in this moment.
            return _replaced.Contains(token) ? _current! : Take(session);
        }
    }

    private UserSession Take(UserSession session)
    {
        if (_current is { } known && !IsSameUser(known, session))
        {
            throw new AccessTokenException("The access token is another user's, or of another role, than the one before. Call AsUser anew for each user: once per request.") { Database = Database.Supabase };
        }

        if (HasClaimsOf(_current, session))
        {
            _changes = 0;
        }
        else
        {
            _epoch++;
            _changes += _current is null ? 0 : 1;
        }

        return _current = session;
    }

    // What has just been refreshed is not refreshed anew because clocks differ.
    private bool IsGood(UserSession session) => !_rules.IsDue(session) || (Volatile.Read(ref _refresh)?.HasJustBrought(session) is true && !_rules.IsExpired(session));

    private static bool HasTokenOf(UserSession one, UserSession other) => string.Equals(one.AccessToken, other.AccessToken, StringComparison.Ordinal);

    private static bool HasClaimsOf(UserSession? one, UserSession other) => string.Equals(one?.Partition, other.Partition, StringComparison.Ordinal);

    private static bool IsSameUser(UserSession one, UserSession other)
        => string.Equals(one.UserId, other.UserId, StringComparison.Ordinal) && string.Equals(one.Role, other.Role, StringComparison.Ordinal);

    private static AccessTokenException Expired()
        => new("The access token has expired. Refresh the user's session, or hand over an IAccessTokenProvider that does so.") { Database = Database.Supabase };

    private sealed record Failed(ActingUser User, AccessTokenException Failure);
}
