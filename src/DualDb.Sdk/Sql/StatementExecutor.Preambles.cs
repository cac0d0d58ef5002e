using DualDb.Connections;
using Npgsql;

namespace DualDb.Sql;

// Statements with another one before them: one round trip, and one transaction, since the server ends it only behind the last.
internal sealed partial class StatementExecutor
{
    private async ValueTask<TResult> AttemptBatchAsync<TStatement, TResult>(TStatement statement, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        using var batch = BatchOf<TStatement, TResult>(statement);
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        batch.Connection = connection;
        try
        {
            return await ReadAnswerAsync<TStatement, TResult>(statement, batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (statement.Writes && TransientErrors.OutcomeUnknown(exception, connection))
        {
            throw UnknownOutcome(exception, statement.Operation);
        }
    }

    private static NpgsqlBatch BatchOf<TStatement, TResult>(TStatement statement)
        where TStatement : struct, IStatement<TResult>
    {
        var preamble = new NpgsqlBatchCommand(TStatement.Preamble!);
        statement.BindPreamble(preamble.Parameters);
        var command = new NpgsqlBatchCommand(statement.Sql);
        statement.Bind(command.Parameters);
        return new NpgsqlBatch { BatchCommands = { preamble, command } };
    }

    private static async ValueTask<TResult> ReadAnswerAsync<TStatement, TResult>(TStatement statement, NpgsqlBatch batch, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAnswerAsync<TStatement, TResult>(statement, reader, cancellationToken).ConfigureAwait(false);
    }
}
