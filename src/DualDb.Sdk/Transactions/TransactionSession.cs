using System.Data;
using DualDb.Connections;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Transactions;

/// <summary>The server's side of a transaction: a connection, and what is said over it.</summary>
internal sealed class TransactionSession(PostgresDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public PostgresDatabase Database { get; } = database;

    public NpgsqlConnection Connection { get; } = connection;

    public IsolationLevel IsolationLevel { get; } = transaction.IsolationLevel;

    public bool IsConnected => Connection.State == ConnectionState.Open;

    /// <summary>The id that PostgreSQL has given the transaction, as it was committed; null for none yet, or one that wrote nothing in front of its commit.</summary>
    public ulong? TransactionId { get; private set; }

    /// <summary>
    /// Commits. PostgreSQL answers COMMIT in an aborted transaction with ROLLBACK and no error, and Npgsql takes that for success: the
    /// statement that travels in front fails in such a transaction, and the COMMIT behind it is then not reached.
    /// </summary>
    /// <param name="part">What else travels in front; null for nothing.</param>
    /// <param name="last">Statements that travel right in front of the commit.</param>
    public async Task CommitAsync(CommitPart? part, IReadOnlyList<NpgsqlBatchCommand> last)
    {
        try
        {
            var batch = new NpgsqlBatch(Connection, transaction);
            await using (batch.ConfigureAwait(false))
            {
                if (part is { Count: > 0 })
                {
                    if (Database.ActsAs is not null)
                    {
                        // The user's role ends before what is the application's own, which he has no rights on; what was put off to the commit is still his.
                        batch.BatchCommands.Add(new NpgsqlBatchCommand("set constraints all immediate"));
                        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_catalog.set_config('role', 'none', true)"));
                    }

                    part.AddTo(batch);
                }
                else if (last.Count == 0)
                {
                    batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_catalog.pg_current_xact_id_if_assigned()"));
                }

                foreach (var command in last)
                {
                    batch.BatchCommands.Add(command);
                }

                batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
                TransactionId = await ExecuteAsync(batch).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            throw TransientErrors.OutcomeUnknown(exception, Connection)
                ? ErrorTranslator.OutcomeUnknown(exception, Database.Kind, entity: null, nameof(CommitAsync))
                : part?.Explain(exception) ?? Translate(exception, nameof(CommitAsync));
        }
    }

    /// <summary>Rolls back and gives the connection back, whatever state it is in.</summary>
    public async Task RollbackAsync()
    {
        try
        {
            if (IsConnected)
            {
                await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The connection broke, and the server rolls back by itself; or a reader is still open, and closing the connection,
            // below, ends it and rolls back.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public async Task SaveAsync(string savepoint, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.SaveAsync(savepoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Translate(exception, "SavepointAsync");
        }
    }

    /// <summary>
    /// Rolls back to a savepoint and removes it. PostgreSQL keeps it otherwise, where it would hide an outer one of the same name.
    /// </summary>
    public async Task RollbackToAsync(string savepoint, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.RollbackAsync(savepoint, cancellationToken).ConfigureAwait(false);
            await transaction.ReleaseAsync(savepoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Translate(exception, "RollbackAsync");
        }
    }

    public async Task ReleaseAsync(string savepoint, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.ReleaseAsync(savepoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Translate(exception, "ReleaseAsync");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What waits for the commit answers with the id too, so that it costs no statement of its own. Errors of later statements show where their results are come to: the commit counts once all have been.</summary>
    private static async Task<ulong?> ExecuteAsync(NpgsqlBatch batch)
    {
        var reader = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        ulong? id = null;
        do
        {
            if (reader.FieldCount == 1 && string.Equals(reader.GetDataTypeName(0), "xid8", StringComparison.Ordinal) && await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) && !reader.IsDBNull(0))
            {
                id = reader.GetFieldValue<ulong>(0);
            }
        }
        while (await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false));
        return id;
    }

    private Exception Translate(Exception exception, string operation) => ErrorTranslator.Translate(exception, Database.Kind, entity: null, operation);
}
