using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>Which rows were written since a point of time.</summary>
internal static class TouchedKeys
{
    private const string Sql = """
        select distinct key::text from dualdb.change_log change
        where transaction >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(transaction, $1::text::pg_snapshot) and table_schema = $2 and table_name = $3 and key is not null
        """;

    public static Task<HashSet<string>> SinceAsync(PostgresDatabase database, Route route, SyncToken token, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            database,
            $"Looking for changes of {route.From}",
            [DatabaseCall.Command(Sql, DatabaseCall.Parameter(token.Snapshot), DatabaseCall.Parameter(route.From.Schema), DatabaseCall.Parameter(route.From.Table))],
            async (reader, cancelled) =>
            {
                var touched = new HashSet<string>(StringComparer.Ordinal);
                while (await reader.ReadAsync(cancelled).ConfigureAwait(false))
                {
                    using var key = JsonDocument.Parse(reader.GetString(0), DeepJson.Document);
                    touched.Add(RowKey.Of(key.RootElement, route.KeyFrom));
                }

                return touched;
            },
            cancellationToken);
}
