using DualDb.Mapping;

namespace DualDb.Errors;

/// <summary>Turns what Npgsql and PostgreSQL raise into the SDK's exceptions.</summary>
internal static class ErrorTranslator
{
    /// <summary>
    /// The exception to raise in place of <paramref name="exception"/>; the same instance where it already is one of ours or a cancellation.
    /// </summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="database">The database that was spoken to.</param>
    /// <param name="entity">The entity; null for SQL of the user's own.</param>
    /// <param name="operation">The public method, such as <c>InsertAsync</c>.</param>
    public static Exception Translate(Exception exception, Database database, EntityInfo? entity, string operation) => exception;

    /// <summary>The exception for a write or commit whose reply was lost.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="database">The database that was spoken to.</param>
    /// <param name="entity">The entity; null for SQL of the user's own.</param>
    /// <param name="operation">The public method.</param>
    public static CommitOutcomeUnknownException OutcomeUnknown(Exception exception, Database database, EntityInfo? entity, string operation)
        => new(
            $"{(entity is null ? operation : $"{entity.Name}.{operation}")}: the connection to {database} broke after the write was sent and before the reply came, "
            + "so that it may have been applied, or not. Read the data again before repeating it.",
            exception) { Database = database, Entity = entity?.Name };
}
