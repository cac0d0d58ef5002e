using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Capture;

/// <summary>What has become of a table whose changes are captured.</summary>
/// <param name="Before">As it was.</param>
/// <param name="Schema">Its schema now; null where it is gone.</param>
/// <param name="Table">Its name now; null where it is gone.</param>
/// <param name="Oid">Its number now.</param>
/// <param name="Keys">The columns of its key, under their present names; fewer than before where one is gone.</param>
/// <param name="IsFormChanged">Whether it has other columns, or is another table of the same name.</param>
/// <param name="IsChanged">Whether anything of it that the capture depends on has changed.</param>
internal sealed record AlteredTable(CapturedTable Before, string? Schema, string? Table, uint Oid, string[] Keys, bool IsFormChanged, bool IsChanged)
{
    /// <summary>By its name, since a table that was swapped for another is meant by it; and where nothing has the name any more, by its number, which it keeps when it is renamed.</summary>
    private const string Find = $"""
        select b.place, n.nspname::text, c.relname::text, coalesce(c.oid, 0::oid),
            coalesce((
                select array_agg(a.attname::text order by k.place)
                from unnest(case when c.oid = b.oid then b.numbers::smallint[] end, b.names::text[]) with ordinality k (num, name, place)
                join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and case when c.oid = b.oid then a.attnum = k.num else a.attname = k.name end), array[]::text[]),
            {CapturedTable.ColumnsOfTable}, {CapturedTable.TriggersOfTable}
        from unnest($1, $2, $3, $4, $5) with ordinality b (oid, schema_name, table_name, numbers, names, place)
        left join pg_class c on c.oid = coalesce(to_regclass(format('%I.%I', b.schema_name, b.table_name))::oid, b.oid)
        left join pg_namespace n on n.oid = c.relnamespace
        order by b.place
        """;

    /// <summary>Those that a migration has altered, as its transaction sees them.</summary>
    public static async Task<IReadOnlyList<AlteredTable>> FindAsync(NpgsqlConnection connection, IReadOnlyList<CapturedTable> before, CancellationToken cancellationToken)
    {
        if (before.Count == 0)
        {
            return [];
        }

        using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters =
            {
                new() { Value = before.Select(static table => table.Oid).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid },
                Texts(before.Select(static table => table.Schema)),
                Texts(before.Select(static table => table.Table)),
                Texts(before.Select(static table => table.KeyNumbers)),
                Texts(before.Select(static table => "{" + string.Join(',', table.Keys.Select(Element)) + "}")),
            },
        };
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var altered = new List<AlteredTable>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var table = Of(before[(int)reader.GetInt64(0) - 1], reader);
            if (table.IsChanged)
            {
                altered.Add(table);
            }
        }

        return altered;
    }

    private static AlteredTable Of(CapturedTable before, NpgsqlDataReader reader)
    {
        var (schema, table) = reader.IsDBNull(1) ? (null, null) : (reader.GetString(1), reader.GetString(2));
        var oid = reader.GetFieldValue<uint>(3);
        var isFormChanged = oid != before.Oid || !string.Equals(reader.GetString(5), before.Columns, StringComparison.Ordinal);
        var isMoved = !string.Equals(schema, before.Schema, StringComparison.Ordinal) || !string.Equals(table, before.Table, StringComparison.Ordinal);
        return new AlteredTable(before, schema, table, oid, reader.GetFieldValue<string[]>(4), isFormChanged || isMoved, isFormChanged || isMoved || reader.GetInt64(6) != before.Triggers);
    }

    private static NpgsqlParameter Texts(IEnumerable<string> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static string Element(string name) => "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
