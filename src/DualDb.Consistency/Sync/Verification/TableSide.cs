using System.Data;
using DualDb.Consistency.Schema;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>
/// One side of a map as it is compared: its rows as texts that are the same on both sides where the values are, whatever the types' scale, the session's settings and the collation.
/// </summary>
internal sealed class TableSide
{
    private TableSide(PostgresDatabase database, SyncMap map, bool isSource, IReadOnlyList<string> types)
    {
        Database = database;
        Table = isSource ? map.Source : map.Target;
        var columns = map.Columns.Select(column => Expression(column, isSource)).ToList();
        var keys = map.Columns.Select(static (column, place) => (column, place)).Where(static item => item.column.IsKey).ToList();

        // A row's own text tells null from empty and quotes what would be read otherwise, at a quarter of what an array of JSON costs; the hash is the one that partitions are made by, the same in every version.
        Row = $"hashtextextended(row({string.Join(", ", columns.Select((column, place) => Canonical(column, types[place])))})::text collate \"C\", 0)";
        KeyText = keys.Count == 1 ? $"to_jsonb({columns[keys[0].place]})::text" : $"jsonb_build_array({string.Join(", ", keys.Select(item => columns[item.place]))})::text";
        Key = $"jsonb_build_object({string.Join(", ", keys.Select(item => $"'{item.column.Source!.Replace("'", "''", StringComparison.Ordinal)}', {columns[item.place]}"))})::text";
        var leading = keys[0].place;
        IsText = types[leading].StartsWith("text", StringComparison.Ordinal) || types[leading].StartsWith("character", StringComparison.Ordinal) || types[leading] is "citext" or "name";
        Leading = IsText ? $"({columns[leading]}::text collate \"C\")" : columns[leading];
        LeadingType = IsText ? "text" : BaseType(types[leading]);
        Filter = isSource && map.Filter is { } filter ? $"({filter})" : "true";
        KeyColumns = [.. keys.Select(item => isSource ? item.column.Source! : item.column.Target)];
    }

    public PostgresDatabase Database { get; }

    public SyncTable Table { get; }

    /// <summary>The hash of a row.</summary>
    public string Row { get; }

    /// <summary>The text of its key.</summary>
    public string KeyText { get; }

    /// <summary>Its key as JSON, by the source's columns.</summary>
    public string Key { get; }

    /// <summary>The first column of the key, in an order that both sides share: collations differ between servers, bytes do not.</summary>
    public string Leading { get; }

    public string LeadingType { get; }

    public bool IsText { get; }

    /// <summary>Which rows are meant.</summary>
    public string Filter { get; }

    public IReadOnlyList<string> KeyColumns { get; }

    /// <summary>Looks at the types of a side.</summary>
    public static async Task<TableSide> OpenAsync(PostgresDatabase database, SyncMap map, bool isSource, CancellationToken cancellationToken)
    {
        var table = isSource ? map.Source : map.Target;
        var sql = $"select {string.Join(", ", map.Columns.Select(column => Expression(column, isSource)))} from {table.Quoted} limit 0";
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(sql, connection);
            var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            return new TableSide(database, map, isSource, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, $"Looking at the types of {table}");
        }
    }

    private static string Expression(SyncColumn column, bool isSource)
        => !isSource ? Identifiers.Quote(column.Target) : column.Sql is { } sql ? $"({sql})" : Identifiers.Quote(column.Source!);

    // Equal values are to have equal texts: 1.10 and 1.1, zero and its negative, documents whose text differs in blanks alone, a document that is null and none, which a row in JSON
    // cannot tell apart on its way, padded and unpadded text.
    private static string Canonical(string expression, string type) => BaseType(type) switch
    {
        "numeric" => $"trim_scale({expression})",
        "real" or "double precision" => $"case when {expression} = 0 then 0 else {expression} end",
        "json" or "jsonb" => $"nullif({expression}::jsonb, 'null'::jsonb)",
        "character" or "bpchar" or "xml" => $"{expression}::text",
        _ => expression,
    };

    private static string BaseType(string type)
    {
        var bracket = type.IndexOf('(', StringComparison.Ordinal);
        return bracket < 0 ? type : type[..bracket] + type[(type.IndexOf(')', bracket) + 1)..];
    }
}
