using DualDb.Connections;
using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Errors;

/// <summary>Turns what Npgsql and PostgreSQL raise into the SDK's exceptions.</summary>
internal static class ErrorTranslator
{
    /// <summary>
    /// The exception to raise in place of <paramref name="exception"/>; the same instance where it already is one of ours, a cancellation,
    /// or nothing of the database's.
    /// </summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="database">The database that was spoken to.</param>
    /// <param name="entity">The entity; null for SQL of the user's own.</param>
    /// <param name="operation">The public method, such as <c>InsertAsync</c>.</param>
    public static Exception Translate(Exception exception, Database database, EntityInfo? entity, string operation)
    {
        var context = new ErrorContext(database, entity, operation);
        return exception switch
        {
            ColumnValueException value => ValueErrors.Refused(value, context),
            PostgresException answer => Translate(answer, context),
            LongAddressException tooLong => new NotSupportedException($"{context.Subject}: {tooLong.Message}", tooLong),
            RestFailure refused => RestErrors.Translate(refused, context),
            NpgsqlOperationInProgressException busy => InProgress(busy, context),
            NpgsqlException failure => Translate(failure, context),
            RowMappingException { Database: not null } mismatch when entity is not null => Named(mismatch, context),
            AccessTokenException { Entity: null } refused when entity is not null || refused.Reason is null => Named(refused, context),
            _ => exception,
        };
    }

    /// <summary>The exception for a write or commit whose reply was lost.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="database">The database that was spoken to.</param>
    /// <param name="entity">The entity; null for SQL of the user's own.</param>
    /// <param name="operation">The public method.</param>
    public static CommitOutcomeUnknownException OutcomeUnknown(Exception exception, Database database, EntityInfo? entity, string operation)
    {
        var context = new ErrorContext(database, entity, operation);
        var cause = exception is RestFailure ? $"the reply is none that the database gives ({exception.Message.TrimEnd('.')})"
            : TransientErrors.IsCommandTimeout(exception) ? "no reply came in time"
            : "the connection broke before the reply came";
        return new CommitOutcomeUnknownException(
            $"{context.Subject}: {cause}, so that the write may have been applied, or not. Read the data again before repeating it.",
            exception) { Database = database, Entity = entity?.Name };
    }

    private static Exception Translate(PostgresException answer, ErrorContext context)
        => ConstraintErrors.Translate(answer, context)
            ?? SchemaErrors.Translate(answer, context)
            ?? ValueErrors.Translate(answer, context)
            ?? AvailabilityErrors.Translate(answer, context)
            ?? (Exception)StatementErrors.Translate(answer, context);

    private static Exception Translate(NpgsqlException failure, ErrorContext context)
        => TransientErrors.IsCommandTimeout(failure)
            ? StatementErrors.TimedOut(failure, context)
            : AvailabilityErrors.Translate(failure, context);

    // Where rows are read nobody knows which operation they are for.
    private static RowMappingException Named(RowMappingException mismatch, ErrorContext context)
        => mismatch.Message.StartsWith(context.Subject, StringComparison.Ordinal)
            ? mismatch
            : new RowMappingException($"{context.Subject}: {mismatch.Message}", mismatch.InnerException) { Database = context.Database, Entity = context.EntityName, Column = mismatch.Column };

    // Where tokens are accepted nobody knows what for. One that was told of a part of an operation is told of the whole.
    private static AccessTokenException Named(AccessTokenException refused, ErrorContext context)
    {
        var reason = refused.Reason ?? refused.Message;
        return new AccessTokenException($"{context.Subject}: {reason}", refused.InnerException) { Database = context.Database, Entity = context.EntityName, Reason = reason };
    }

    private static InvalidOperationException InProgress(NpgsqlOperationInProgressException exception, ErrorContext context)
        => new(
            $"{context.Subject}: another statement of this transaction is still running, or its stream is still being read. "
            + "A transaction carries one statement at a time: await each call, and finish or dispose of a stream, before the next.",
            exception);
}
