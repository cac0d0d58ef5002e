using DualDb.Connections;
using DualDb.Connections.Parsing;
using Npgsql;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>What a database has to have so that its log can be decoded, looked at before anything is made there.</summary>
internal static class DecodingRequirements
{
    /// <summary>The address of replication connections.</summary>
    /// <exception cref="DualDbConfigurationException">It is malformed, or leads to a pooler.</exception>
    public static NpgsqlConnectionStringBuilder Address(PostgresDatabase source, SyncSourceOptions options)
    {
        ConnectionSettings settings;
        try
        {
            settings = source.SettingsOf(options.ReplicationConnectionString);
        }
        catch (ConnectionStringException malformed)
        {
            throw DecodingRefusal.Refused(source.Kind, $"SyncOptions.{source.Kind}.ReplicationConnectionString is no connection string that can be used. {malformed.Message.TrimEnd('.')}", malformed);
        }

        return settings.Verdict == EndpointVerdict.Pooler
            ? throw DecodingRefusal.Refused(source.Kind, DecodingRefusal.Pooler(settings.Endpoint, source.Kind))
            : settings.ForProbe();
    }

    /// <exception cref="DualDbConfigurationException">The server writes no log that could be decoded, has no room for it, or does not publish it.</exception>
    public static void Require(SlotState state, Database database, int parts, bool isInstalled)
    {
        if (state.WalLevel is not "logical")
        {
            throw DecodingRefusal.Refused(database, DecodingRefusal.WalLevel(state.WalLevel));
        }

        if (state.MaxSenders < parts)
        {
            throw DecodingRefusal.Refused(database, DecodingRefusal.TooFew("max_wal_senders", state.MaxSenders, parts));
        }

        if (!isInstalled && state.MaxSlots < parts)
        {
            throw DecodingRefusal.Refused(database, DecodingRefusal.TooFew("max_replication_slots, less those of others,", state.MaxSlots, parts));
        }

        if (isInstalled && !state.HasPublication)
        {
            throw DecodingRefusal.Refused(database, $"the publication {SlotSql.Publication} of dualdb.change_log is not there. Call db.Sync.InstallAsync()");
        }
    }
}
