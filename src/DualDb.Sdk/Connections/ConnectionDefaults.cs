using Npgsql;

namespace DualDb.Connections;

/// <summary>Npgsql settings that the SDK chooses where the connection string says nothing.</summary>
internal static class ConnectionDefaults
{
    private const int PruningSeconds = 10;

    /// <summary>A copy of what the user said, completed by the options and by the SDK's own choices.</summary>
    public static NpgsqlConnectionStringBuilder Complete(NpgsqlConnectionStringBuilder said, DatabaseOptions options)
    {
        var full = new NpgsqlConnectionStringBuilder(said.ConnectionString);
        ApplyOptions(said, full, options);
        ApplyChoices(said, full);
        return full;
    }

    /// <summary>Whether the user said something about a keyword, given by its canonical name.</summary>
    /// <remarks><c>ContainsKey</c> of this builder only tells whether the keyword exists.</remarks>
    public static bool Says(NpgsqlConnectionStringBuilder said, string keyword)
    {
        foreach (string key in said.Keys)
        {
            if (key.Equals(keyword, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void ApplyOptions(NpgsqlConnectionStringBuilder said, NpgsqlConnectionStringBuilder full, DatabaseOptions options)
    {
        if (!Says(said, "Maximum Pool Size"))
        {
            full.MaxPoolSize = Math.Max(options.MaxPoolSize, said.MinPoolSize);
        }

        if (!Says(said, "Connection Idle Lifetime"))
        {
            full.ConnectionIdleLifetime = Seconds(options.ConnectionIdleLifetime);
        }

        if (!Says(said, "Timeout"))
        {
            full.Timeout = Seconds(options.ConnectTimeout);
        }

        if (!Says(said, "Command Timeout"))
        {
            full.CommandTimeout = options.CommandTimeout == Timeout.InfiniteTimeSpan ? 0 : Seconds(options.CommandTimeout);
        }
    }

    private static void ApplyChoices(NpgsqlConnectionStringBuilder said, NpgsqlConnectionStringBuilder full)
    {
        // The SDK leaves no session state behind, so that the reset between two uses (a round trip once statements are prepared,
        // and DISCARD ALL is refused by poolers in transaction mode) is not needed.
        if (!Says(said, "No Reset On Close"))
        {
            full.NoResetOnClose = true;
        }

        // Neither vendor offers GSS encryption, and asking for it costs a round trip per connection (and loads Kerberos).
        if (!Says(said, "GSS Encryption Mode"))
        {
            full.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        // Ambient transactions would enlist both databases in one that neither can prepare.
        if (!Says(said, "Enlist"))
        {
            full.Enlist = false;
        }

        if (!Says(said, "Application Name"))
        {
            full.ApplicationName = "DualDb";
        }

        // Npgsql refuses a lifetime shorter than the interval at which it looks for expired connections.
        if (!Says(said, "Connection Pruning Interval"))
        {
            full.ConnectionPruningInterval = Math.Clamp(full.ConnectionIdleLifetime, 1, PruningSeconds);
        }
    }

    /// <summary>Whole seconds, rounded up: rounding down could reach 0, which means no limit.</summary>
    private static int Seconds(TimeSpan value) => (int)Math.Ceiling(value.TotalSeconds);
}
