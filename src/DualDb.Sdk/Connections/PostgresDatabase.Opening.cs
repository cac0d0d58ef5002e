using System.Runtime.CompilerServices;
using DualDb.Connections;
using DualDb.Rest;
using DualDb.Users;
using Npgsql;
using Polly;

namespace DualDb;

/// <summary>Its connections, and what is tried again where one of them breaks.</summary>
public abstract partial class PostgresDatabase
{
    /// <summary>Opens a pooled connection for statements of the application itself, retrying transient failures.</summary>
    /// <exception cref="InvalidOperationException">The database acts as a user: whoever forgets that must not get the rights of the login role.</exception>
    internal ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(session: null, cancellationToken);

    /// <summary>Opens a pooled connection for statements of a user's, which <see cref="UserPreamble"/> then goes before; or of the application's.</summary>
    /// <param name="session">The user that the statements will be made to act as; null where the database acts as none.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    internal ValueTask<NpgsqlConnection> OpenAsync(UserSession? session, CancellationToken cancellationToken)
        => session is null == ActsAs is null
            ? OpenPooledAsync(cancellationToken)
            : throw new InvalidOperationException($"A statement in {Kind} was about to be sent as another than the one who asks.");

    /// <summary>Opens a pooled connection for what is the application's own also where the database acts as a user, and carries nothing of anybody's.</summary>
    internal ValueTask<NpgsqlConnection> OpenAsApplicationAsync(CancellationToken cancellationToken) => OpenPooledAsync(cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<NpgsqlConnection> OpenPooledAsync(CancellationToken cancellationToken)
    {
        if (Rest is not null)
        {
            throw RestUnsupported.Of($"A connection to {Kind}, for SQL of your own, COPY or the creation of tables, cannot be opened");
        }

        try
        {
            try
            {
                return await OpenOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (Options.MaxRetries > 0 && TransientErrors.MayRetryOpen(exception))
            {
                // Retried below, outside the handler.
                TellBroken(exception);
            }

            return await _retries.Value.Opens.ExecuteAsync(
                static (database, token) => database.OpenOnceAsync(token), this, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw OpenFailure.Explain(exception, Kind, _pool);
        }
    }

    /// <summary>
    /// Whether a failed statement, alone in its transaction, may be sent again. Connections that died together with the one that failed are
    /// dropped, so that the next attempt does not meet another of them.
    /// </summary>
    /// <param name="exception">What the first attempt raised.</param>
    /// <param name="writes">Whether the statement writes.</param>
    internal bool MayRetry(Exception exception, bool writes)
    {
        if (TransientErrors.IsConnectionBroken(exception))
        {
            ForgetBrokenConnections();
        }
        else if (TransientErrors.IsStalePlan(exception))
        {
            ForgetPreparedPlans();
        }

        return Options.MaxRetries > 0 && TransientErrors.MayRetry(exception, writes);
    }

    /// <summary>
    /// Runs the retries of a statement: the first attempt is made outside it, so that success costs nothing, and its first execution,
    /// which follows at once, is the first retry.
    /// </summary>
    /// <param name="writes">Whether the statement writes: it is then repeated only where nothing of it can have been applied.</param>
    internal ResiliencePipeline RetriesFor(bool writes) => writes ? _retries.Value.Writes : _retries.Value.Reads;

    /// <summary>Drops the connections that were open when one of them turned out to be dead.</summary>
    internal void ForgetBrokenConnections()
    {
        Observer?.Broke(Kind, Clock.GetTimestamp());
        _pool.Clear();
    }

    /// <summary>Drops the connections that have prepared a statement for a table as it was: the others of the pool have prepared it too. The database is there, and has answered.</summary>
    internal void ForgetPreparedPlans() => _pool.Clear();

    // A pool without a free connection says nothing of the database.
    private void TellBroken(Exception exception)
    {
        if (!TransientErrors.IsPoolExhausted(exception))
        {
            Observer?.Broke(Kind, Clock.GetTimestamp());
        }
    }

    private ValueTask<NpgsqlConnection> OpenOnceAsync(CancellationToken cancellationToken)
        => _pool.Current is { } source ? source.OpenConnectionAsync(cancellationToken) : OpenFirstAsync(cancellationToken);

    private async ValueTask<NpgsqlConnection> OpenFirstAsync(CancellationToken cancellationToken)
    {
        var source = await _pool.GetAsync(cancellationToken).ConfigureAwait(false);
        return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }
}
