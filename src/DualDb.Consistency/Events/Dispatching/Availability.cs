using DualDb.Connections;
using Npgsql;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Tells failures of a database that is away, or held up by another node, from failures of an event.</summary>
internal static class Availability
{
    public static bool IsLacking(Exception exception) => exception switch
    {
        DatabaseUnavailableException or CommitOutcomeUnknownException => true,
        DatabaseErrorException { SqlState: PostgresErrorCodes.LockNotAvailable or "25P03" or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or "25P03" } => true,
        NpgsqlException failure => TransientErrors.IsConnectionBroken(failure),
        _ => false,
    };
}
