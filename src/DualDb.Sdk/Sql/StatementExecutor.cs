using System.Diagnostics;
using System.Runtime.CompilerServices;
using DualDb.Connections;
using DualDb.Diagnostics;
using DualDb.Diagnostics.Calls;
using DualDb.Errors;
using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql;

/// <summary>
/// Runs the statements of one entity: alone, on a pooled connection and with retries, or inside a transaction, once.
/// The only place that a repository speaks to PostgreSQL through.
/// </summary>
internal sealed partial class StatementExecutor(PostgresDatabase database, EntityInfo entity)
{
    /// <summary>The table over REST; null where the database is reached over SQL.</summary>
    public RestTable? Rest { get; } = database.Rest is { } client ? new RestTable(client, entity) : null;

    /// <summary>The database that it speaks to.</summary>
    public PostgresDatabase Database => database;

    public ValueTask<TResult> ExecuteAsync<TStatement, TResult>(
        TStatement statement, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
        => Rest is not null ? ExecuteOverRestAsync<TStatement, TResult>(statement, Rest, cancellationToken)
            : transaction is null ? ExecuteAloneAsync<TStatement, TResult>(statement, cancellationToken)
            : ExecuteWithinAsync<TStatement, TResult>(statement, transaction, cancellationToken);

    /// <summary>
    /// The first attempt stays outside the retry pipeline, so that success pays nothing for it; pooled builders keep the
    /// state machines off the heap.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> ExecuteAloneAsync<TStatement, TResult>(TStatement statement, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        // Whoever calls, and not the call: of all that a transaction writes, it is one and the same.
        var trace = statement.Writes ? TraceContext.Of(database, entity) : null;
        using var activity = StatementActivity.Start(entity, statement.Operation, statement.Sql);
        var began = CallTiming.Begin(database);
        try
        {
            try
            {
                return Succeed(statement, began, await AttemptAsync<TStatement, TResult>(statement, trace, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception) when (database.MayRetry(exception, statement.Writes))
            {
                StatementActivity.Retried(activity, exception);
            }

            return Succeed(statement, began, await RetryAsync<TStatement, TResult>(statement, trace, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Fail(activity, began, exception, statement.Operation);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> ExecuteWithinAsync<TStatement, TResult>(
        TStatement statement, DatabaseTransaction transaction, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        var trace = statement.Writes ? TraceContext.Of(database, entity) : null;
        using var activity = StatementActivity.Start(entity, statement.Operation, statement.Sql);
        var began = CallTiming.Begin(database);
        transaction.RequireUserOf(database);
        try
        {
            trace = transaction.Traces(trace) ? null : trace;
            if (TStatement.Preamble is not null || trace is not null)
            {
                using var batch = BatchOf<TStatement, TResult>(statement, trace);
                batch.Connection = transaction.Connection;
                var result = await ReadAnswerAsync<TStatement, TResult>(statement, batch, trace, cancellationToken).ConfigureAwait(false);
                transaction.Traced(trace);
                return Succeed(statement, began, result);
            }

            using var command = new NpgsqlCommand(statement.Sql);
            statement.Bind(command.Parameters);
            command.Connection = transaction.Connection;
            return Succeed(statement, began, await ReadAnswerAsync<TStatement, TResult>(statement, command, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Fail(activity, began, exception, statement.Operation);
        }
    }

    private ValueTask<TResult> RetryAsync<TStatement, TResult>(TStatement statement, string? trace, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
        => database.RetriesFor(statement.Writes).ExecuteAsync(
            static (state, token) => state.Executor.AttemptAsync<TStatement, TResult>(state.Statement, state.Trace, token),
            (Executor: this, Statement: statement, Trace: trace),
            cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> AttemptAsync<TStatement, TResult>(TStatement statement, string? trace, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        if (TStatement.Preamble is not null || database.ActsAs is not null || trace is not null)
        {
            return await AttemptBatchAsync<TStatement, TResult>(statement, trace, cancellationToken).ConfigureAwait(false);
        }

        using var command = new NpgsqlCommand(statement.Sql);
        statement.Bind(command.Parameters);
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        command.Connection = connection;
        try
        {
            return await ReadAnswerAsync<TStatement, TResult>(statement, command, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (statement.Writes && TransientErrors.OutcomeUnknown(exception, connection))
        {
            throw UnknownOutcome(exception, statement.Operation);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<TResult> ReadAnswerAsync<TStatement, TResult>(
        TStatement statement, NpgsqlCommand command, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAnswerAsync<TStatement, TResult>(statement, reader, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<TResult> ReadAnswerAsync<TStatement, TResult>(
        TStatement statement, NpgsqlDataReader reader, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        await using var closed = reader.ConfigureAwait(false);
        var result = await statement.ReadAsync(reader, cancellationToken).ConfigureAwait(false);

        // A write that returns rows can still fail after its first row (a deferred constraint does): read to the end, or the
        // failure would be met only while the reader is disposed.
        if (statement.Writes)
        {
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }

        return result;
    }

    // Called where the connection's state still says whether the server has answered a timed-out write with its cancellation.
    private CommitOutcomeUnknownException UnknownOutcome(Exception exception, string operation)
    {
        database.ForgetBrokenConnections();
        return ErrorTranslator.OutcomeUnknown(exception, database.Kind, entity, operation);
    }

    // Generic, so that the statement is not boxed.
    private TResult Succeed<TStatement, TResult>(in TStatement statement, long began, TResult result)
        where TStatement : struct, IStatement<TResult>
    {
        CallTiming.Succeeded(database, began, entity.Name, statement.Operation, statement.Sql);
        return result;
    }

    private Exception Fail(Activity? activity, long began, Exception exception, string operation)
    {
        if (TransientErrors.IsConnectionBroken(exception))
        {
            database.ForgetBrokenConnections();
        }

        var failure = ErrorTranslator.Translate(exception, database.Kind, entity, operation);
        ActivityFailure.Set(activity, failure);
        CallTiming.Failed(database, began, entity.Name, operation, failure);
        return failure;
    }
}
