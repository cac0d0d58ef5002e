using System.Text;

namespace DualDb;

/// <summary>
/// A point inside a transaction to which it can be rolled back, also after a statement has failed. Disposing of it rolls back to it,
/// unless it was released; after the transaction's end that does nothing.
/// </summary>
public sealed class Savepoint : IAsyncDisposable
{
    /// <summary>PostgreSQL's own limit for names. The server is given a shorter one of ours; the caller's is for messages.</summary>
    private const int MaxNameBytes = 63;

    private readonly string _identifier;
    private readonly DatabaseTransaction _transaction;
    private readonly int _partsBefore;
    private bool _ended;

    internal Savepoint(string name, string identifier, DatabaseTransaction transaction, int partsBefore)
    {
        _partsBefore = partsBefore;
        Name = name;
        _identifier = identifier;
        _transaction = transaction;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Undoes everything since the savepoint; the transaction goes on, also where one of those statements failed.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The savepoint or the transaction has ended, or a statement is still running.</exception>
    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        await _transaction.RollbackToAsync(_identifier, _partsBefore, cancellationToken).ConfigureAwait(false);
        _ended = true;
    }

    /// <summary>Keeps what was done since the savepoint, as part of the transaction.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The savepoint or the transaction has ended, or a statement is still running.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        await _transaction.ReleaseAsync(_identifier, cancellationToken).ConfigureAwait(false);
        _ended = true;
    }

    /// <summary>Rolls back to the savepoint unless it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended && _transaction.IsActive)
        {
            await RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _ended = true;
    }

    /// <summary>Refuses what cannot be a name.</summary>
    internal static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a savepoint cannot hold the character U+0000.", nameof(name));
        }

        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            throw new ArgumentException($"The name of a savepoint holds at most 63 bytes of UTF-8: {name}", nameof(name));
        }
    }

    private void RequireOpen()
    {
        if (_ended)
        {
            throw new InvalidOperationException($"The savepoint {Name} has been released or rolled back already. Set another.");
        }
    }
}
