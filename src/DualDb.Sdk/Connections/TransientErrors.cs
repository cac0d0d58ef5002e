namespace DualDb.Connections;

/// <summary>Which failures may go away by themselves.</summary>
internal static class TransientErrors
{
    /// <summary>Whether a statement that only reads may be sent again.</summary>
    public static bool MayRetryRead(Exception exception) => exception is Npgsql.NpgsqlException { IsTransient: true };

    /// <summary>Whether a write may be sent again because nothing of it can have been applied.</summary>
    public static bool MayRetryWrite(Exception exception) => exception is Npgsql.PostgresException { SqlState: "40001" or "40P01" };

    /// <summary>Whether a write that failed so may have been applied all the same.</summary>
    public static bool OutcomeUnknown(Exception exception) => exception is Npgsql.NpgsqlException { InnerException: IOException };
}
