using DualDb.Connections;
using Npgsql;
using Polly;

namespace DualDb;

/// <summary>One of the two databases: its connections, its transactions, and the escape hatch to SQL of your own.</summary>
public abstract class PostgresDatabase
{
    /// <summary>Which of the two this is.</summary>
    public abstract Database Kind { get; }

    /// <summary>Retries what <see cref="TransientErrors"/> allows; the first attempt is made outside it, so that success costs nothing.</summary>
    internal ResiliencePipeline Retries { get; } = ResiliencePipeline.Empty;

    /// <summary>Opens a pooled connection, retrying transient failures.</summary>
    internal ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("Replaced by the connections work.");
}
