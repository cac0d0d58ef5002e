using System.Text.Json;
using DualDb.ChangeLog;
using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>Turns the logged changes of one table into what they touch.</summary>
internal sealed class WatchedTable(EntityInfo entity, IReadOnlyList<string> keyColumns, IReadOnlyList<IReadOnlyList<string>> lookups) : IWatchedTable
{
    private readonly string _subject = TableEntity.SubjectOf(entity);
    private readonly Dictionary<string, string> _types = entity.Columns.ToDictionary(static column => column.Name, static column => column.PostgresType, StringComparer.Ordinal);

    public EntityInfo Entity => entity;

    public IReadOnlyList<string> KeyColumns => keyColumns;

    public void Add(Invalidation invalidation, LoggedChange change)
    {
        if (change.Operation == ChangeOperation.Truncate)
        {
            AddAll(invalidation);
            return;
        }

        var isWhole = TryAdd(invalidation, change.Key, keyColumns, [""]) & TryAdd(invalidation, change.NewKey, keyColumns, [""]);
        foreach (var columns in lookups)
        {
            // Single rows and lists are kept apart.
            var kind = string.Join(',', columns);
            isWhole &= TryAdd(invalidation, change.Old, columns, [kind, kind + "[]"]) & TryAdd(invalidation, change.New, columns, [kind, kind + "[]"]);
        }

        invalidation.Add(Dependency.Table(_subject));
        if (!isWhole)
        {
            AddAll(invalidation);
        }
    }

    public void AddAll(Invalidation invalidation) => invalidation.AddAll(_subject);

    /// <summary>Adds the entries that some columns of a row lead to.</summary>
    /// <returns>Whether it could be told; nothing leads to a row by null.</returns>
    private bool TryAdd(Invalidation invalidation, string? row, IReadOnlyList<string> columns, IReadOnlyList<string> kinds)
    {
        if (row is null)
        {
            return true;
        }

        using var document = JsonDocument.Parse(row);
        var text = new KeyText(stackalloc char[128]);
        try
        {
            foreach (var column in columns)
            {
                if (!document.RootElement.TryGetProperty(column, out var logged))
                {
                    return false;
                }

                if (logged.ValueKind == JsonValueKind.Null)
                {
                    return true;
                }

                if (!_types.TryGetValue(column, out var type) || !LoggedValue.TryAdd(ref text, logged, type))
                {
                    return false;
                }
            }

            var value = BoundedText.Of(text.Written);
            foreach (var kind in kinds)
            {
                invalidation.Add(new CacheAddress(_subject, kind, value));
            }

            return true;
        }
        finally
        {
            text.Dispose();
        }
    }
}
