using System.Globalization;
using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification.Runs;

/// <summary>Reads what both sides have of a key now, in words that are the same where the values are.</summary>
internal sealed class RowImages(DatabaseSync sync, SyncMap map)
{
    public async Task<RowComparison> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var source = SideAsync(isSource: true, key, cancellationToken);
        var target = SideAsync(isSource: false, key, cancellationToken);
        await Task.WhenAll(source, target).ConfigureAwait(false);
        var (left, right) = (await source.ConfigureAwait(false), await target.ConfigureAwait(false));
        return new RowComparison(map.Name, left is not null, right is not null, [.. map.Columns.Select((column, place) => new ComparedColumn(column.Source, column.Target, column.IsKey, left?[place], right?[place]))]);
    }

    private Task<string[]?> SideAsync(bool isSource, string key, CancellationToken cancellationToken)
    {
        var table = isSource ? map.Source : map.Target;
        var keys = map.Columns.Where(static column => column.IsKey).Select(column => isSource ? column.Source! : column.Target).ToList();
        var values = map.Columns.Select((column, place) => string.Create(CultureInfo.InvariantCulture, $"to_jsonb({(isSource && column.Sql is { } sql ? $"({sql})" : Identifiers.Quote(isSource ? column.Source! : column.Target))})::text"));
        var filter = isSource && map.Filter is { } condition ? $" and ({condition})" : "";
        var select = $"""
            select array[{string.Join(", ", values.Select(static value => $"coalesce({value}, 'null')"))}] from {table.Quoted}
            where ({Identifiers.List(keys)}) in (select {Identifiers.List(keys, "r.")} from jsonb_populate_record(null::{table.Quoted}, $1) r){filter}
            """;
        var document = isSource ? key : Renamed(key);
        return DatabaseCall.AskAsync(
            sync.Of(table.Database),
            $"Reading a row of {table.Name}",
            [DatabaseCall.Command(Backfill.WordSettings.Sql), DatabaseCall.Command(select, new NpgsqlParameter<string> { TypedValue = document, NpgsqlDbType = NpgsqlDbType.Jsonb })],
            static async (reader, token) =>
            {
                await reader.NextResultAsync(token).ConfigureAwait(false);
                return await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetFieldValue<string[]>(0) : null;
            },
            cancellationToken);
    }

    private string Renamed(string key)
    {
        using var row = JsonDocument.Parse(key, DeepJson.Document);
        return RowDocument.Rename(row.RootElement, [.. map.Columns.Where(static column => column.IsKey).Select(static column => (column.Source!, column.Target))]);
    }
}
