using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>
/// Has the source's database compute rows for maps with expressions or a filter: it has the types, and the verification computes the same there. One statement per map and page.
/// </summary>
internal sealed class SourceProjection(PostgresDatabase source)
{
    /// <summary>Replaces documents by what the target is to have; what the filter leaves out is gone there.</summary>
    public async Task ComputeAsync(List<RowChange> changes, CancellationToken cancellationToken)
    {
        foreach (var group in changes.Select(static (change, place) => (change, place)).Where(static item => item.change is { Route.Map.IsComputed: true, Fault: null }).GroupBy(static item => item.change.Route).ToList())
        {
            var places = group.Select(static item => item.place).ToArray();
            var rows = RowDocument.Array(group.Select(static item => item.change.Document));
            var computed = await DatabaseCall.AskAsync(
                source,
                $"Computing rows of {group.Key.Map.Name}",
                [DatabaseCall.Command(Sql(group.Key), new NpgsqlParameter<string> { TypedValue = rows, NpgsqlDbType = NpgsqlDbType.Jsonb })],
                ReadAsync,
                cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < places.Length; index++)
            {
                var change = changes[places[index]];
                changes[places[index]] = change with { Document = computed[index].Row, IsGone = change.IsGone || !computed[index].Holds };
            }
        }
    }

    /// <summary>The target's columns of a row of the source, as SQL over the source's columns.</summary>
    public static string Columns(SyncMap map)
        => string.Join(", ", map.Columns.Select(static column => $"{(column.Sql is null ? Identifiers.Quote(column.Source!) : "(" + column.Sql + ")")} as {Identifiers.Quote(column.Target)}"));

    private static string Sql(Route route) => $"""
        select coalesce(({route.Map.Filter ?? "true"}), false), (select to_jsonb(made) from (select {Columns(route.Map)}) made)::text
        from jsonb_array_elements($1) with ordinality dualdb_rows (dualdb_row, dualdb_place)
        cross join lateral jsonb_populate_record(null::{route.From.Quoted}, dualdb_row) source_row
        order by dualdb_place
        """;

    private static async Task<List<(bool Holds, string Row)>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<(bool, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add((reader.GetBoolean(0), reader.GetString(1)));
        }

        return rows;
    }
}
