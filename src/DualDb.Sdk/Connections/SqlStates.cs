using System.Collections.Frozen;

namespace DualDb.Connections;

/// <summary>SQLSTATEs by what they mean for a retry (PostgreSQL's manual, appendix A).</summary>
internal static class SqlStates
{
    /// <summary>Answers to a statement that was rolled back as a whole, or never begun.</summary>
    private static readonly FrozenSet<string> TransientWithoutEffect = new[]
    {
        "40001", // serialization_failure
        "40P01", // deadlock_detected
        "53000", // insufficient_resources
        "53100", // disk_full
        "53200", // out_of_memory
        "53300", // too_many_connections
        "53400", // configuration_limit_exceeded
        "55000", // object_not_in_prerequisite_state: also "database is not currently accepting connections"
        "55006", // object_in_use
        "55P03", // lock_not_available
        "57P03", // cannot_connect_now: the server starts up or shuts down
        "57P05", // idle_session_timeout: ended before the statement was read
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Answers that may cut a statement off after it was applied and before its success was reported.</summary>
    private static readonly FrozenSet<string> TransientWithDoubt = new[]
    {
        "08000", // connection_exception
        "08001", // sqlclient_unable_to_establish_sqlconnection
        "08003", // connection_does_not_exist
        "08004", // sqlserver_rejected_establishment_of_sqlconnection
        "08006", // connection_failure
        "08007", // transaction_resolution_unknown
        "57P01", // admin_shutdown: also what Neon sends when it suspends a database
        "57P02", // crash_shutdown
        "58000", // system_error
        "58030", // io_error
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsTransient(string sqlState) => TransientWithoutEffect.Contains(sqlState) || TransientWithDoubt.Contains(sqlState);

    /// <summary>Whether it may succeed later, and nothing of it was applied.</summary>
    public static bool IsTransientWithoutEffect(string sqlState) => TransientWithoutEffect.Contains(sqlState);

    /// <summary>Whether the connection ends with this answer.</summary>
    public static bool EndsConnection(string sqlState)
        => sqlState is "57P01" or "57P02" or "57P03" or "57P05" or "25P03" || sqlState.StartsWith("08", StringComparison.Ordinal);
}
