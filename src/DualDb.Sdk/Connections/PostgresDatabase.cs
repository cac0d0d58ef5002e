using DualDb.Connections;
using Npgsql;
using Polly;

namespace DualDb;

/// <summary>One of the two databases: its connections, its transactions, and the escape hatch to SQL of your own.</summary>
public abstract class PostgresDatabase
{
    /// <summary>Which of the two this is.</summary>
    public abstract Database Kind { get; }

    /// <summary>Above so many rows <c>InsertManyAsync</c> uses binary COPY.</summary>
    internal int CopyThreshold => 5_000;

    /// <summary>Whether the statement that failed may be sent again. Also forgets pooled connections that the failure shows to be dead.</summary>
    internal bool MayRetry(Exception exception, bool writes)
        => writes ? TransientErrors.MayRetryWrite(exception) : TransientErrors.MayRetryRead(exception);

    /// <summary>The retry pipeline for reads or for writes; the first attempt is made outside it, so that success costs nothing.</summary>
    internal ResiliencePipeline RetriesFor(bool writes) => ResiliencePipeline.Empty;

    /// <summary>Opens a pooled connection, retrying transient failures.</summary>
    internal ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("Replaced by the connections work.");

    /// <summary>Begins a transaction of this database's own type, for writes that take several statements.</summary>
    internal abstract Task<DatabaseTransaction> BeginTransactionAsync(CancellationToken cancellationToken);
}
