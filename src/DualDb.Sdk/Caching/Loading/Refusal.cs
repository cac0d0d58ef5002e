using Npgsql;

namespace DualDb.Caching;

/// <summary>Tells the word of a server, that whoever asks may not read, from trouble that passes: an expired value may stand in for what cannot be read, but not for what may not be.</summary>
internal static class Refusal
{
    /// <summary>Whether a reading was refused.</summary>
    public static bool Is(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is AccessTokenException || (StateOf(cause) is { } state && IsRefusal(state)))
            {
                return true;
            }
        }

        return false;
    }

    private static string? StateOf(Exception exception) => exception switch
    {
        DatabaseErrorException error => error.SqlState,
        PostgresException answer => answer.SqlState,
        _ => null,
    };

    // Class 28 refuses the login, PGRST30x the token, and a gateway without a code the key.
    private static bool IsRefusal(string state)
        => state is PostgresErrorCodes.InsufficientPrivilege or "HTTP401" or "HTTP403"
            || (state.Length == 5 && state.StartsWith("28", StringComparison.Ordinal))
            || state.StartsWith("PGRST30", StringComparison.Ordinal);
}
