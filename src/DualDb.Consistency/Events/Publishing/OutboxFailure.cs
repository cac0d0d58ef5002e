using DualDb.Consistency.Events.Schema;
using Npgsql;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>What it means when an event could not be written.</summary>
internal static class OutboxFailure
{
    /// <summary>The exception to raise; null where the failure has nothing to do with the outbox.</summary>
    public static Exception? Explain(Exception exception, Database database) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } missing when Names(missing)
            => SchemaVersionException.Of(database, EventSchema.Module, installed: 0),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused when Names(refused)
            => new DualDbConfigurationException(
                $"The event could not be written in {database}: {refused.MessageText}. Grant the login role: grant usage on schema dualdb to …; "
                + "grant select, insert, update, delete on all tables in schema dualdb to …; grant usage on all sequences in schema dualdb to …; nothing was committed.",
                refused) { Database = database },
        _ => null,
    };

    private static bool Names(PostgresException exception) => exception.MessageText.Contains("outbox", StringComparison.Ordinal) || exception.MessageText.Contains("dualdb", StringComparison.Ordinal);
}
