using DualDb.Connections;
using Npgsql;

namespace DualDb.Errors;

/// <summary>Everything that has no exception of its own.</summary>
internal static class StatementErrors
{
    /// <summary>The exception for an answer of the server's.</summary>
    public static DatabaseErrorException Translate(PostgresException answer, ErrorContext context)
        => new($"{context.Subject}: {Describe(answer, context)}", answer)
        {
            Database = context.Database,
            Entity = context.EntityName,
            SqlState = answer.SqlState,
            Column = answer.ColumnName,
        };

    /// <summary>The exception for a statement that took longer than the command timeout.</summary>
    public static DatabaseErrorException TimedOut(NpgsqlException timeout, ErrorContext context)
        => new(
            $"{context.Subject}: no answer within the command timeout, and the statement was cancelled. Look for a lock that it waits for or a missing index, "
            + $"or raise {OptionNames.Option(context.Database, nameof(DatabaseOptions.CommandTimeout))}.",
            timeout) { Database = context.Database, Entity = context.EntityName };

    private static string Describe(PostgresException answer, ErrorContext context)
    {
        var words = $"{ServerWords.Of(answer)} ({answer.SqlState}).";
        return answer.SqlState switch
        {
            PostgresErrorCodes.InFailedSqlTransaction =>
                "an earlier statement of this transaction failed, and PostgreSQL then accepts nothing but a rollback: nothing of it is committed. "
                + "Roll back and begin another, or set a savepoint before a statement that may fail and roll back to it.",
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
                $"it collided with another transaction: {words} Nothing of it was applied. Repeat the whole transaction.",
            PostgresErrorCodes.InsufficientPrivilege =>
                $"{words} Grant what it needs to the role that asked, which is that of the user, of the API key or of the login, or add a row-level security policy that allows it.",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                $"{words} The endpoint or role is read-only: write through the primary's endpoint.",
            PostgresErrorCodes.QueryCanceled =>
                $"{words} The server's own limit (statement_timeout) ended it: raise that, or make the statement faster.",
            PostgresErrorCodes.LockNotAvailable => $"{words} Another transaction holds the row or table: repeat the call later.",
            PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement =>
                $"{words} A transaction pooler stands between, and statements were prepared through it: "
                + $"set {OptionNames.Option(context.Database, nameof(DatabaseOptions.AutoPrepare))} to Never.",
            PostgresErrorCodes.IndeterminateDatatype or PostgresErrorCodes.AmbiguousParameter =>
                $"{words} PostgreSQL cannot tell the type of a parameter: add a cast to it, as in {{value}}::text.",
            _ when TransientErrors.IsStalePlan(answer) => $"{words} The table was altered while the transaction ran. Repeat the whole transaction.",
            _ => $"{words}{(answer.Hint is { Length: > 0 } hint ? $" PostgreSQL's hint: {hint}" : "")}",
        };
    }
}
