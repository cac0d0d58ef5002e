using Npgsql;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>What it means where a database refuses to decode its log.</summary>
internal static class DecodingRefusal
{
    /// <summary>The exception to raise; null where the failure may pass.</summary>
    public static DualDbConfigurationException? Of(Exception failure, PostgresDatabase source)
    {
        var answer = failure as PostgresException ?? failure.InnerException as PostgresException;
        var words = answer?.SqlState switch
        {
            PostgresErrorCodes.InsufficientPrivilege =>
                $"the login role {source.LoginRole} may not: {answer.MessageText}. It needs the attribute REPLICATION and, for InstallAsync, to own dualdb.change_log and to have CREATE on the database. Of Neon's roles, those made in its console, by its CLI or API have the attribute, and those made in SQL have not; of Supabase's, postgres has it",
            PostgresErrorCodes.ConfigurationLimitExceeded => $"{answer.MessageText}. Drop slots that nobody needs (pg_replication_slots), raise max_replication_slots, or lower SyncOptions.Parts: each part needs one",
            PostgresErrorCodes.ObjectNotInPrerequisiteState when answer.MessageText.Contains("wal_level", StringComparison.Ordinal) => WalLevel("too low"),
            PostgresErrorCodes.ProtocolViolation or PostgresErrorCodes.FeatureNotSupported => Pooler($"it answers: {answer.MessageText}", source.Kind),
            _ => null,
        };
        return words is null ? null : Refused(source.Kind, words, failure);
    }

    public static DualDbConfigurationException Refused(Database database, string why, Exception? inner = null)
        => new($"The changes of {database} cannot be decoded: {why}. Or set SyncOptions.{database}.Source to Polling.", inner) { Database = database };

    public static string WalLevel(string level)
        => $"wal_level is {level}, and has to be logical. Turn logical replication on in the project's settings (Neon: it cannot be turned off again), or set wal_level = logical and restart the server";

    public static string TooFew(string setting, int has, int parts)
        => $"{setting} is {has}, and {parts} are needed: one for each of SyncOptions.Parts. Raise it and restart the server, drop slots that nobody needs (pg_replication_slots), or lower SyncOptions.Parts";

    public static string Pooler(string how, Database database)
        => $"a pooler stands between ({how}), through which no replication connection goes. Set SyncOptions.{database}.ReplicationConnectionString to the vendor's direct endpoint";
}
