using System.Text;
using System.Text.Json;
using DualDb.Mapping;
using DualDb.Mapping.Wire;
using DualDb.Rest;

namespace DualDb.Consistency.Sync.Resolving;

/// <summary>
/// Entities of rows as PostgreSQL's <c>to_jsonb</c> writes them, and back: the form in which rows come over REST as well, so that the generated map reads and writes both.
/// </summary>
internal sealed class EntityRows<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private readonly RestColumns _columns = new(TMap.Info);
    private readonly IReadOnlyList<ColumnInfo> _bound;

    public EntityRows() => _bound = _columns.Inserted(withKey: true);

    /// <summary>The entity of a row; null of none.</summary>
    public TEntity? Read(string? row)
    {
        if (row is null)
        {
            return null;
        }

        var json = Encoding.UTF8.GetBytes(row);
        var found = new JsonRow(_columns.Shape);
        return found.TryTake(json, 0, json.Length, out _) ? TMap.Read(new ResultRow(found)) : throw new JsonException("A row of a conflict is no JSON object.");
    }

    /// <summary>The row of an entity. What an entity does not say itself, its version, is as another row has it.</summary>
    public string Write(TEntity entity, string? other)
    {
        var row = RestBody.Of(body => body.Row(() => TMap.BindInsert(body.Columns(_bound), entity, withKey: true)));
        using var written = JsonDocument.Parse(row, DeepJson.Document);
        using var kept = JsonDocument.Parse(other ?? "{}", DeepJson.Document);
        var texts = new List<string>();
        foreach (var column in _columns.Entity.Columns)
        {
            if (written.RootElement.TryGetProperty(column.Name, out var value) || kept.RootElement.TryGetProperty(column.Name, out value))
            {
                texts.Add($"\"{JsonEncodedText.Encode(column.Name)}\":{value.GetRawText()}");
            }
        }

        return "{" + string.Join(',', texts) + "}";
    }
}
