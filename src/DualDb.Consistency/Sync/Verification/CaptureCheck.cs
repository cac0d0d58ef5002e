using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>Looks whether the changes of a table are still captured: a trigger that was dropped, or disabled for a bulk load and forgotten, loses changes without a word.</summary>
internal static class CaptureCheck
{
    private const string Sql = """
        select n.name, t.tgenabled::text, exists (select from dualdb.sync_tables s where s.table_schema = $2 and s.table_name = $3)
        from unnest(array['dualdb_change_log', 'dualdb_change_log_insert', 'dualdb_change_log_truncate']) n (name)
        left join pg_trigger t on t.tgrelid = to_regclass($1) and t.tgname = n.name
        """;

    public static Task<List<string>> FaultsAsync(PostgresDatabase database, Route route, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            database,
            $"Looking at the triggers of {route.From}",
            [DatabaseCall.Command(Sql, DatabaseCall.Parameter(route.From.Quoted), DatabaseCall.Parameter(route.From.Schema), DatabaseCall.Parameter(route.From.Table))],
            async (reader, token) =>
            {
                var faults = new List<string>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    var (trigger, enabled) = (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
                    if (!reader.GetBoolean(2))
                    {
                        return [$"{route.From} is not registered for the synchronisation. Call db.Sync.InstallAsync()."];
                    }

                    if (enabled is null or "D")
                    {
                        faults.Add($"The trigger {trigger} of {route.From} is {(enabled is null ? "missing" : "disabled")}: changes are lost. Call db.Sync.InstallAsync(), then verify and repair.");
                    }
                }

                return faults;
            },
            cancellationToken);
}
