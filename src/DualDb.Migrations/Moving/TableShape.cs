using DualDb.Migrations.Files;
using DualDb.Migrations.Model;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Moving;

/// <summary>What has to be known of a table to bring its rows over, as the catalogue has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that hold values of their own; those that are computed are left out.</param>
/// <param name="Key">The columns of its primary key, in the key's order, with their types.</param>
/// <param name="Numbered">The columns that a sequence numbers.</param>
internal sealed record TableShape(TableName Name, IReadOnlyList<string> Columns, IReadOnlyList<(string Name, string Type)> Key, IReadOnlyList<string> Numbered)
{
    private const string Find = """
        select a.attname::text, format_type(a.atttypid, a.atttypmod), coalesce(array_position(i.indkey::smallint[], a.attnum), -1), pg_get_serial_sequence($1, a.attname::text) is not null
        from pg_attribute a
        left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
        where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum
        """;

    /// <summary>The columns in SQL.</summary>
    public string ColumnList => SqlName.List(Columns);

    /// <summary>The columns of the key in SQL.</summary>
    public string KeyList => SqlName.List(KeyNames);

    /// <summary>The columns of the key.</summary>
    public IEnumerable<string> KeyNames => Key.Select(static part => part.Name);

    /// <summary>Reads it; null where there is no such table.</summary>
    public static async Task<TableShape?> ReadAsync(NpgsqlConnection connection, TableName name, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Find, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name.ToString(), NpgsqlDbType = NpgsqlDbType.Text } } };
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var (columns, numbered, key) = (new List<string>(), new List<string>(), new SortedDictionary<int, (string, string)>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var column = reader.GetString(0);
            columns.Add(column);
            if (reader.GetInt32(2) >= 0)
            {
                key.Add(reader.GetInt32(2), (column, reader.GetString(1)));
            }

            if (reader.GetBoolean(3))
            {
                numbered.Add(column);
            }
        }

        return columns.Count == 0 ? null : new TableShape(name, columns, [.. key.Values], numbered);
    }

    /// <summary>The condition of the rows whose keys come behind one, or not, in the order of the key.</summary>
    /// <param name="comparison">Such as <c>&gt;</c>.</param>
    /// <param name="key">The key, in texts.</param>
    /// <param name="prefix">What stands in front of each column, such as <c>t.</c>.</param>
    public string Compare(string comparison, IReadOnlyList<string> key, string prefix = "")
        => $"({string.Join(", ", KeyNames.Select(name => prefix + SqlName.Quote(name)))}) {comparison} ({string.Join(", ", key.Select((value, place) => $"{SqlName.Literal(value)}::{Key[place].Type}"))})";

    /// <summary>The condition of the rows whose keys come behind one and up to another, with its <c>where</c>; null for no limit.</summary>
    public string Between(string[]? after, string[]? end) => (after, end) switch
    {
        (null, null) => "",
        (null, _) => " where " + Compare("<=", end),
        (_, null) => " where " + Compare(">", after),
        _ => $" where {Compare(">", after)} and {Compare("<=", end)}",
    };
}
