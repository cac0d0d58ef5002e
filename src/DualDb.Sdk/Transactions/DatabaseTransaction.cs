using System.Data;
using System.Globalization;
using DualDb.Caching;
using DualDb.Transactions;
using Npgsql;

namespace DualDb;

/// <summary>
/// A transaction in one of the two databases. It carries one statement at a time; disposing of it rolls back what was not committed.
/// </summary>
/// <remarks>
/// A failed statement aborts the transaction: PostgreSQL then refuses everything but a rollback, as a whole or to a savepoint.
/// A class of your own may derive from <see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/> as a test double: without a
/// database behind it, it only counts as active until it is committed or rolled back, and runs its callbacks.
/// </remarks>
public abstract partial class DatabaseTransaction : IAsyncDisposable
{
    private readonly TransactionSession? _session;
    private readonly CommitCallbacks _callbacks = new();
    private readonly DeferredInvalidation _written = new();
    private TransactionState _state;
    private CommitPart? _part;
    private int _savepoints;

    /// <summary>Creates a test double.</summary>
    /// <param name="database">The database it stands for.</param>
    private protected DatabaseTransaction(Database database) => Database = database;

    private protected DatabaseTransaction(TransactionSession session)
        : this(session.Database.Kind)
        => _session = session;

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>The isolation level that was asked for.</summary>
    public virtual IsolationLevel IsolationLevel => _session?.IsolationLevel ?? IsolationLevel.ReadCommitted;

    /// <summary>Whether statements can still join: it was neither committed nor rolled back, and its connection lives.</summary>
    public virtual bool IsActive => _state == TransactionState.Active && _session is not { IsConnected: false };

    /// <summary>The database that it was begun on; null for a test double.</summary>
    internal PostgresDatabase? Origin => _session?.Database;

    /// <summary>Whether it was committed.</summary>
    internal bool IsCommitted => _state == TransactionState.Committed;

    /// <summary>The id under which it was committed; null while it is not, where it wrote nothing, and for a test double.</summary>
    internal ulong? CommittedId => IsCommitted ? _session?.TransactionId : null;

    /// <summary>The connection that carries the transaction.</summary>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    internal NpgsqlConnection Connection => RequireSession().Connection;

    /// <summary>Commits, and then runs what <see cref="OnCommitted(Func{CancellationToken, Task})"/> was given.</summary>
    /// <param name="cancellationToken">
    /// Looked at before the commit is sent, and handed to the callbacks. A commit under way is not cancelled, since nobody could tell its outcome.
    /// </param>
    /// <exception cref="InvalidOperationException">The transaction has ended, or one of its statements is still running.</exception>
    /// <exception cref="DatabaseErrorException">An earlier statement failed, or the commit did (SQLSTATE 40001, a deferred constraint): everything was rolled back.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The reply was lost: it may have been committed, or not.</exception>
    /// <exception cref="CommitCallbackException">It was committed, but callbacks failed.</exception>
    public virtual async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        RefuseBorrower();
        RequireActive();
        cancellationToken.ThrowIfCancellationRequested();
        if (_session is not null)
        {
            await CommitSessionAsync(_session).ConfigureAwait(false);
        }

        _state = TransactionState.Committed;

        // Before the callbacks, which may read what was written.
        await _written.CommittedAsync().ConfigureAwait(false);
        _part?.Committed();
        await _callbacks.RunAsync(Database, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rolls back. A connection that broke meanwhile is no failure: the server has rolled back by itself.</summary>
    /// <param name="cancellationToken">Looked at before the rollback is sent.</param>
    /// <exception cref="InvalidOperationException">The transaction has ended already.</exception>
    public virtual async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        RefuseBorrower();
        if (_state != TransactionState.Active)
        {
            throw Ended();
        }

        cancellationToken.ThrowIfCancellationRequested();
        await EndByRollbackAsync().ConfigureAwait(false);
    }

    /// <summary>Sets a savepoint, to which a part of the transaction can be rolled back.</summary>
    /// <param name="name">Its name, for messages: 1 to 63 bytes of UTF-8, any characters but U+0000. Two savepoints may share it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The savepoint; disposing of it rolls back to it unless it was released.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended, or one of its statements is still running.</exception>
    public virtual async ValueTask<Savepoint> SavepointAsync(string name, CancellationToken cancellationToken = default)
    {
        Savepoint.RequireName(name);
        RequireActive();

        // PostgreSQL finds a savepoint by name, the newest first: with the caller's name, rolling back the outer of two namesakes would
        // only undo the inner one.
        var identifier = string.Create(CultureInfo.InvariantCulture, $"dualdb_savepoint_{++_savepoints}");
        if (_session is not null)
        {
            await _session.SaveAsync(identifier, cancellationToken).ConfigureAwait(false);
        }

        return new Savepoint(name, identifier, this, _part?.Count ?? 0);
    }

    /// <summary>
    /// Runs an action once the transaction has been committed, after those given before; never after a rollback, nor where the outcome
    /// of the commit is unknown.
    /// </summary>
    /// <param name="callback">
    /// The action. The connection is free by then. Where it fails the others still run, and <see cref="CommitAsync"/> raises a <see cref="CommitCallbackException"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    public virtual void OnCommitted(Func<CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        RequireActive();
        _callbacks.Add(callback);
    }

    /// <inheritdoc cref="OnCommitted(Func{CancellationToken, Task})"/>
    public virtual void OnCommitted(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        OnCommitted(_ =>
        {
            callback();
            return Task.CompletedTask;
        });
    }

    /// <summary>Rolls back what was not committed, and gives the connection back. Never fails.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (_state == TransactionState.Active)
        {
            await EndByRollbackAsync().ConfigureAwait(false);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Notes what the transaction has written, to be invalidated once it is committed.</summary>
    internal void Defer(CacheCore core, Invalidation written) => _written.Add(core, written);

    /// <summary>What travels with the commit; made at its first use.</summary>
    /// <param name="create">Makes it.</param>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    internal CommitPart PartOfCommit(Func<DatabaseTransaction, CommitPart> create)
    {
        RequireActive();
        return _part ??= create(this);
    }

    internal async Task RollbackToAsync(string savepoint, int partsBefore, CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            await RequireSession().RollbackToAsync(savepoint, cancellationToken).ConfigureAwait(false);
        }

        _part?.TakeBack(partsBefore);

        // Settings go back as well.
        _trace = null;
    }

    internal Task ReleaseAsync(string savepoint, CancellationToken cancellationToken)
        => _session is null ? Task.CompletedTask : RequireSession().ReleaseAsync(savepoint, cancellationToken);

    private async Task CommitSessionAsync(TransactionSession session)
    {
        try
        {
            await session.CommitAsync(_part, _last).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            throw; // A statement is still running: the transaction goes on.
        }
        catch (CommitOutcomeUnknownException)
        {
            await EndAsync(session).ConfigureAwait(false);
            await _written.SuspectedAsync().ConfigureAwait(false);
            _part?.Suspected();
            throw;
        }
        catch
        {
            await EndAsync(session).ConfigureAwait(false);
            throw;
        }

        await session.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask EndAsync(TransactionSession session)
    {
        _state = TransactionState.RolledBack;
        return session.DisposeAsync();
    }

    private async Task EndByRollbackAsync()
    {
        _state = TransactionState.RolledBack;
        if (_session is not null)
        {
            await _session.RollbackAsync().ConfigureAwait(false);
        }
    }

    private TransactionSession RequireSession()
    {
        RequireActive();
        return _session ?? throw new InvalidOperationException(
            $"This {Database} transaction is a test double with no database behind it: a repository of the database cannot take part in it.");
    }

    private void RequireActive()
    {
        if (_state != TransactionState.Active)
        {
            throw Ended();
        }

        if (_session is { IsConnected: false })
        {
            throw new InvalidOperationException(
                $"The connection of this {Database} transaction broke, so that the server rolled it back. Begin another and repeat its statements.");
        }
    }

    private InvalidOperationException Ended()
    {
        var end = _state == TransactionState.Committed ? "committed" : "rolled back";
        return new InvalidOperationException($"This {Database} transaction has been {end} already. Begin another.");
    }
}
