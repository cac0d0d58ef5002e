using DualDb.Consistency.Events;
using DualDb.Consistency.Json;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;

namespace DualDb.Consistency.Operators;

/// <summary>What of a project's documents and rows is sensitive, as generated code says it.</summary>
/// <param name="Documents">The masks of documents by their names; null for a document of which everything is shown.</param>
/// <param name="Columns">The columns of which it is known whether they are sensitive, by the names of maps and tables.</param>
internal sealed record SensitiveFacts(IReadOnlyDictionary<string, JsonMask?> Documents, IReadOnlyDictionary<string, IReadOnlyDictionary<string, bool>> Columns)
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, bool>> NoColumns = new(StringComparer.Ordinal);

    public static SensitiveFacts Of(EventRegistry registry)
        => new(registry.Events.DistinctBy(static type => type.Name, StringComparer.Ordinal).ToDictionary(static type => type.Name, static type => type.Mask, StringComparer.Ordinal), NoColumns);

    public static SensitiveFacts Of(IEnumerable<SagaDefinition> sagas)
    {
        var masks = new Dictionary<string, JsonMask?>(StringComparer.Ordinal);
        foreach (var saga in sagas)
        {
            masks[RedactionExtensions.InputOf(saga.Name)] = saga.InputMask;
            masks[RedactionExtensions.EndOf(saga.Name)] = saga.ResultStep?.ResultMask;
            foreach (var step in saga.Steps)
            {
                masks[RedactionExtensions.ResultOf(saga.Name, step.Name)] = step.ResultMask;
            }
        }

        return new(masks, NoColumns);
    }

    public static SensitiveFacts Of(SyncRegistry registry)
    {
        var tables = new Dictionary<string, Dictionary<string, bool>>(StringComparer.Ordinal);
        var keys = new Dictionary<string, JsonMask?>(StringComparer.Ordinal);
        foreach (var map in registry.Maps)
        {
            keys[RedactionExtensions.KeyOf(map.Name)] = map.Columns.Any(static column => column is { IsKey: true, IsSensitive: true }) ? JsonMask.Everything : null;
            foreach (var column in map.Columns)
            {
                // A map may be told of by its name; its rows have the names of the one side or of the other.
                Add(tables, map.Name, column.Target, column.IsSensitive);
                Add(tables, map.Target.Name, column.Target, column.IsSensitive);
                if (column.Source is { } source)
                {
                    Add(tables, map.Name, source, column.IsSensitive);
                    Add(tables, map.Source.Name, source, column.IsSensitive);
                }
            }
        }

        foreach (var reference in registry.References)
        {
            // What refers to nothing is the value of a member, or was the key of what it referred to.
            var isSensitive = reference.IsSensitive || IsKnownSensitive($"{reference.Target.Schema}.{reference.Target.Table}", reference.Key.Name);
            keys[RedactionExtensions.OrphanOf(reference.Name)] = isSensitive ? JsonMask.Everything : null;
        }

        return new(keys, tables.ToDictionary(static table => table.Key, static table => (IReadOnlyDictionary<string, bool>)table.Value, StringComparer.Ordinal));

        bool IsKnownSensitive(string table, string column) => tables.TryGetValue(table, out var columns) && columns.TryGetValue(column, out var isSensitive) && isSensitive;
    }

    // What is sensitive in one map is in all.
    private static void Add(Dictionary<string, Dictionary<string, bool>> tables, string name, string column, bool isSensitive)
    {
        if (!tables.TryGetValue(name, out var columns))
        {
            tables[name] = columns = new Dictionary<string, bool>(StringComparer.Ordinal);
        }

        columns[column] = isSensitive || (columns.TryGetValue(column, out var known) && known);
    }
}
