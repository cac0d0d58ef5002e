using Npgsql;

namespace DualDb;

/// <summary>A transaction in one of the two databases.</summary>
public abstract class DatabaseTransaction : IAsyncDisposable
{
    /// <summary>The connection that carries the transaction.</summary>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    internal abstract NpgsqlConnection Connection { get; }

    /// <summary>Commits.</summary>
    /// <param name="cancellationToken">Cancels the commit.</param>
    public abstract Task CommitAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A transaction in Neon.</summary>
public abstract class NeonTransaction : DatabaseTransaction;

/// <summary>A transaction in Supabase.</summary>
public abstract class SupabaseTransaction : DatabaseTransaction;
