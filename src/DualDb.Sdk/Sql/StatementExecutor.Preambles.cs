using DualDb.Connections;
using DualDb.Diagnostics;
using DualDb.Users;
using Npgsql;

namespace DualDb.Sql;

// Statements with others before them, the user's role and claims and the trace among them: one round trip, and one transaction, since the server ends it only behind the last.
internal sealed partial class StatementExecutor
{
    private async ValueTask<TResult> AttemptBatchAsync<TStatement, TResult>(TStatement statement, string? trace, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        using var batch = BatchOf<TStatement, TResult>(statement, trace);
        var session = database.ActsAs is { } user ? await user.SessionAsync(cancellationToken).ConfigureAwait(false) : null;
        if (session is not null)
        {
            UserPreamble.AddTo(batch, session);
        }

        var connection = await database.OpenAsync(session, cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        batch.Connection = connection;
        try
        {
            return session is null
                ? await ReadAnswerAsync<TStatement, TResult>(statement, batch, trace, cancellationToken).ConfigureAwait(false)
                : await ReadAnswerAsync<TStatement, TResult>(
                    statement, await UserPreamble.ReadAsync(database, batch, session, cancellationToken).ConfigureAwait(false), trace, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (statement.Writes && TransientErrors.OutcomeUnknown(exception, connection))
        {
            throw UnknownOutcome(exception, statement.Operation);
        }
    }

    private static NpgsqlBatch BatchOf<TStatement, TResult>(TStatement statement, string? trace)
        where TStatement : struct, IStatement<TResult>
    {
        var batch = new NpgsqlBatch();
        if (trace is not null)
        {
            batch.BatchCommands.Add(TraceContext.Command(trace));
        }

        if (TStatement.Preamble is { } sql)
        {
            var preamble = new NpgsqlBatchCommand(sql);
            statement.BindPreamble(preamble.Parameters);
            batch.BatchCommands.Add(preamble);
        }

        var command = new NpgsqlBatchCommand(statement.Sql);
        statement.Bind(command.Parameters);
        batch.BatchCommands.Add(command);
        return batch;
    }

    private static async ValueTask<TResult> ReadAnswerAsync<TStatement, TResult>(TStatement statement, NpgsqlBatch batch, string? trace, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAnswerAsync<TStatement, TResult>(statement, reader, trace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Passes over the answer of the trace.</summary>
    private static async ValueTask<TResult> ReadAnswerAsync<TStatement, TResult>(TStatement statement, NpgsqlDataReader reader, string? trace, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        await using var closed = reader.ConfigureAwait(false);
        if (trace is not null)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        return await ReadAnswerAsync<TStatement, TResult>(statement, reader, cancellationToken).ConfigureAwait(false);
    }
}
