using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Mapping.Wire;
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
        // Of a row that is gone, the key is enough: its columns may be empty, and no expression is made for that.
        for (var place = 0; place < changes.Count; place++)
        {
            if (changes[place] is { Route.Map.IsComputed: true, IsGone: true, Fault: null } gone)
            {
                changes[place] = gone with { Document = Key(gone) };
            }
        }

        foreach (var group in changes.Select(static (change, place) => (change, place)).Where(static item => item.change is { Route.Map.IsComputed: true, IsGone: false, Fault: null }).GroupBy(static item => item.change.Route).ToList())
        {
            await ComputeAsync(changes, group.Key, [.. group.Select(static item => item.place)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Computes rows together, and in halves where that fails, down to the one that cannot be computed: it is put aside, and the others go on.</summary>
    private async Task ComputeAsync(List<RowChange> changes, Route route, int[] places, CancellationToken cancellationToken)
    {
        List<(bool Holds, string Row)> computed;
        try
        {
            computed = await DatabaseCall.AskAsync(
                source,
                $"Computing rows of {route.Map.Name}",
                [DatabaseCall.Command(Sql(route), new NpgsqlParameter<string> { TypedValue = RowDocument.Array(places.Select(place => changes[place].Document)), NpgsqlDbType = NpgsqlDbType.Jsonb })],
                ReadAsync,
                cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException refusal) when (SyncApplier.IsRefusal(refusal))
        {
            if (places.Length == 1)
            {
                var change = changes[places[0]];
                changes[places[0]] = change with { Document = Key(change), Fault = "The row could not be computed: " + SyncApplier.Shown(refusal) };
                return;
            }

            await ComputeAsync(changes, route, places[..(places.Length / 2)], cancellationToken).ConfigureAwait(false);
            await ComputeAsync(changes, route, places[(places.Length / 2)..], cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var index = 0; index < places.Length; index++)
        {
            changes[places[index]] = changes[places[index]] with { Document = computed[index].Row, IsGone = !computed[index].Holds };
        }
    }

    private static string Key(RowChange change)
    {
        using var row = JsonDocument.Parse(change.Document, DeepJson.Document);
        return RowDocument.Rename(row.RootElement, [.. change.Route.Columns.Where(column => change.Route.KeyTo.Contains(column.To, StringComparer.Ordinal))]);
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
