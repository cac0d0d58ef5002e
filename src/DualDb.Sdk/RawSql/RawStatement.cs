using System.Data;
using System.Diagnostics;
using System.Globalization;
using DualDb.Connections;
using DualDb.Diagnostics;
using DualDb.Diagnostics.Calls;
using DualDb.Errors;
using DualDb.Rest;
using Npgsql;

namespace DualDb.RawSql;

/// <summary>
/// One statement of the user's own, on a connection of its own or a transaction's. It is sent once: only opening the connection is
/// retried, since nobody but its author knows whether the statement can be repeated.
/// </summary>
internal static class RawStatement
{
    /// <summary>Runs a statement and reads its answer.</summary>
    /// <param name="database">The database.</param>
    /// <param name="transaction">The transaction to join; null for a connection of its own.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="operation">The public method.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<TResult> RunAsync<TResult>(
        PostgresDatabase database,
        DatabaseTransaction? transaction,
        SqlInterpolation sql,
        string operation,
        Func<RawCall, CancellationToken, Task<TResult>> read,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        RefuseRest(database, operation);
        RoleStatement.Refuse(database, sql);
        transaction?.RefuseEndBy(sql);
        using var activity = StartActivity(database.Kind, operation, sql);
        var began = CallTiming.Begin(database);
        try
        {
            var command = new RawCall(database, sql, isAlone: transaction is null);
            await using (command.ConfigureAwait(false))
            {
                if (transaction is not null)
                {
                    command.Join(transaction);
                    return Succeed(database, began, operation, sql, await read(command, cancellationToken).ConfigureAwait(false));
                }

                var connection = await command.ConnectAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return Succeed(database, began, operation, sql, await ReadAloneAsync(command, database, operation, read, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failure = Explain(exception, database, operation);
            ActivityFailure.Set(activity, failure);
            CallTiming.Failed(database, began, database.Kind.ToString(), operation, failure);
            throw failure;
        }
    }

    private static TResult Succeed<TResult>(PostgresDatabase database, long began, string operation, SqlInterpolation sql, TResult result)
    {
        CallTiming.Succeeded(database, began, database.Kind.ToString(), operation, sql.Sql);
        return result;
    }

    /// <summary>SQL of the user's own has no way over REST.</summary>
    /// <exception cref="NotSupportedException">The database is reached over REST.</exception>
    public static void RefuseRest(PostgresDatabase database, string operation)
    {
        if (database.Rest is not null)
        {
            throw RestUnsupported.Of($"{operation} of SQL of your own cannot be sent to {database.Kind}");
        }
    }

    /// <summary>
    /// Outside a transaction a statement commits itself, and one that is asked for rows may write as well (<c>insert … returning</c>): where
    /// its reply is lost, nobody can say that it may be repeated.
    /// </summary>
    private static async Task<TResult> ReadAloneAsync<TResult>(
        RawCall command,
        PostgresDatabase database,
        string operation,
        Func<RawCall, CancellationToken, Task<TResult>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            return await read(command, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransientErrors.OutcomeUnknown(exception, command.Connection))
        {
            database.ForgetBrokenConnections();
            throw ErrorTranslator.OutcomeUnknown(exception, database.Kind, entity: null, operation);
        }
    }

    /// <summary>The exception to raise in place of one that was caught.</summary>
    public static Exception Explain(Exception exception, PostgresDatabase database, string operation)
    {
        if (TransientErrors.IsConnectionBroken(exception))
        {
            database.ForgetBrokenConnections();
        }

        return exception switch
        {
            RowMappingException { Database: null } mismatch => Mismatch(mismatch.Message, mismatch.Column, mismatch.InnerException, database.Kind, operation),
            InvalidCastException or NotSupportedException => new DatabaseErrorException(
                $"{operation} in {database.Kind}: a value cannot be sent or read as it is: {exception.Message} Use another type, or cast it in the statement.", exception) { Database = database.Kind },
            DataException parsing => Mismatch(DescribeParsing(parsing), ColumnOf(parsing), parsing, database.Kind, operation),
            _ => ErrorTranslator.Translate(exception, database.Kind, entity: null, operation),
        };
    }

    /// <summary>The trace of one call: nothing is built while nobody listens.</summary>
    public static Activity? StartActivity(Database database, string operation, SqlInterpolation sql)
    {
        if (!DualDbTelemetry.Source.HasListeners())
        {
            return null;
        }

        var activity = DualDbTelemetry.Source.StartActivity($"{database}.{operation}", ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.system.name", "postgresql");
            activity.SetTag("db.operation.name", operation);
            activity.SetTag("db.query.text", sql.Sql);
            activity.SetTag("dualdb.database", database == Database.Neon ? "neon" : "supabase");
        }

        return activity;
    }

    private static RowMappingException Mismatch(string message, string? column, Exception? cause, Database database, string operation)
        => new(string.Create(CultureInfo.InvariantCulture, $"{operation} in {database}: {message}"), cause) { Database = database, Column = column };

    private static string DescribeParsing(DataException parsing)
        => $"column {ColumnOf(parsing) ?? "(unknown)"} cannot be read into its member"
            + (parsing.InnerException is InvalidCastException or FormatException or OverflowException ? ": their types differ" : "")
            + ". Change the member's type, or cast the column in the statement.";

    /// <summary>Dapper says <c>Error parsing column 2 (city=Bern - String)</c>; the value is left out, since it may be anybody's.</summary>
    private static string? ColumnOf(DataException parsing)
    {
        var open = parsing.Message.IndexOf('(', StringComparison.Ordinal);
        var equals = open < 0 ? -1 : parsing.Message.IndexOf('=', open);
        return equals < 0 ? null : parsing.Message[(open + 1)..equals];
    }
}
