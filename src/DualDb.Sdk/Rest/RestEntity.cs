using DualDb.Mapping;
using DualDb.Sql;

namespace DualDb.Rest;

/// <summary>The requests for rows of one entity by key, made of its generated facts.</summary>
internal static class RestEntity<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private static bool KeyIsGenerated => TMap.Features.HasFlag(EntityFeatures.GeneratedKey);

    public static TEntity Read(ResultRow row) => RowReader<TEntity, TKey, TMap>.Read(row);

    /// <summary>Rows in the order of their keys, but those that are marked deleted.</summary>
    public static RestSelect Rows(RestTable table)
        => new(table.Columns.Select, table.Columns.Shape) { Parameters = RestMarks.Live(table.Columns), Order = table.Columns.KeyOrder, KeyOf = KeyOf };

    /// <summary>The row with a key, unless it is marked deleted.</summary>
    public static RestSelect ByKey(RestTable table, TKey key) => Rows(table) with { Parameters = [.. OfKey(table, key), .. RestMarks.Live(table.Columns)], Order = null };

    /// <summary>The row with a key, marked or not.</summary>
    public static RestSelect ByKeyMarkedOrNot(RestTable table, TKey key) => Rows(table) with { Parameters = OfKey(table, key), Order = null };

    /// <summary>The conditions on a key, a parameter for each part.</summary>
    public static IReadOnlyList<(string Name, string Value)> OfKey(RestTable table, TKey key) => [.. table.Columns.Key.Zip(TextsOf(key), Equal)];

    /// <summary>The texts of the key of a row; null of what is no row.</summary>
    public static IReadOnlyList<string>? KeyOf(object? row) => row is TEntity entity ? TextsOf(TMap.KeyOf(entity)) : null;

    /// <summary>The texts of the parts of a key.</summary>
    public static IReadOnlyList<string> TextsOf(TKey key)
    {
        var texts = new RestTexts();
        TMap.BindKey(new ParameterBinder(texts), key);
        return [.. texts.Values.Select(static text => text!)];
    }

    public static async ValueTask<TEntity?> SingleOrNullAsync(RestTable table, RestSelect select, CancellationToken cancellationToken)
        => await table.ListAsync(select with { Take = 1 }, Read, cancellationToken).ConfigureAwait(false) is [var row] ? row : null;

    /// <summary>Rows by keys, in the order of the keys, one row per key asked; in as many requests as the length of an address makes necessary.</summary>
    public static async ValueTask<IReadOnlyList<TEntity>> FindManyAsync(RestTable table, IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, TEntity>(StringComparer.Ordinal);
        var all = Rows(table);
        var wanted = keys.Select(key => RestKeyList.NameOf(TextsOf(key))).ToArray();
        foreach (var (conditions, most) in RestKeyList.Groups(table.Columns, [.. keys.Select(TextsOf)], all.RoomOf(table.Columns)))
        {
            var rows = await table.ListAsync(all with { Groups = [conditions], Take = most }, Read, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                found[RestKeyList.NameOf(TextsOf(TMap.KeyOf(row)))] = row;
            }
        }

        // Keys that .NET tells apart may be one to the column; such rows come back under another spelling.
        var ordered = new List<TEntity>(wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            var row = found.GetValueOrDefault(wanted[i])
                ?? (TMap.HasExactKey ? null : await SingleOrNullAsync(table, ByKey(table, keys[i]), cancellationToken).ConfigureAwait(false));
            if (row is not null)
            {
                ordered.Add(row);
            }
        }

        return ordered;
    }

    /// <summary>The body of an insert.</summary>
    /// <param name="body">Receives it.</param>
    /// <param name="table">The table.</param>
    /// <param name="entity">The row.</param>
    /// <param name="withKey">Whether its key is written.</param>
    public static void WriteInsert(RestBody body, RestTable table, TEntity entity, bool withKey)
        => body.Row(() =>
        {
            TMap.BindInsert(body.Columns(table.Columns.Inserted(withKey || !KeyIsGenerated)), entity, withKey);
            if (table.Columns.Version is { } version)
            {
                body.Number(version.Name, 1);
            }
        });

    /// <summary>The body of an update: all that may be set, the time, and the next version.</summary>
    public static ReadOnlyMemory<byte> UpdateBody(RestTable table, TEntity entity, long? version)
        => RestBody.Of(body => body.Row(() =>
        {
            TMap.BindUpdate(body.Columns(table.Columns.Updated(), static column => column.Role is ColumnRole.None or ColumnRole.SoftDelete), entity);
            RestMarks.WriteTraces(body, table.Columns, version);
        }));

    private static (string Name, string Value) Equal(ColumnInfo column, string text) => (RestNames.Quote(column.Name), "eq." + text);
}
