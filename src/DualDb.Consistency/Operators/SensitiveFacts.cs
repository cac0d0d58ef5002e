using DualDb.Consistency.Events;
using DualDb.Consistency.Json;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;

namespace DualDb.Consistency.Operators;

/// <summary>What of a project's documents and rows is sensitive, as generated code says it.</summary>
/// <param name="Documents">The masks of documents by their names; null for a document of which everything is shown.</param>
/// <param name="Columns">The sensitive columns by the names of maps and tables.</param>
internal sealed record SensitiveFacts(IReadOnlyDictionary<string, JsonMask?> Documents, IReadOnlyDictionary<string, IReadOnlySet<string>> Columns)
{
    private static readonly Dictionary<string, IReadOnlySet<string>> NoColumns = new(StringComparer.Ordinal);

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
        var columns = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var keys = new Dictionary<string, JsonMask?>(StringComparer.Ordinal);
        foreach (var map in registry.Maps)
        {
            var (source, target) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            foreach (var column in map.Columns.Where(static column => column.IsSensitive))
            {
                target.Add(column.Target);
                if (column.Source is { } name)
                {
                    source.Add(name);
                }
            }

            keys[RedactionExtensions.KeyOf(map.Name)] = map.Columns.Any(static column => column is { IsKey: true, IsSensitive: true }) ? JsonMask.Everything : null;

            // A map may be told of by its name; its rows have the names of the one side or of the other.
            Add(columns, map.Name, [.. source, .. target]);
            Add(columns, map.Source.Name, source);
            Add(columns, map.Target.Name, target);
        }

        return new(keys, columns);
    }

    private static void Add(Dictionary<string, IReadOnlySet<string>> columns, string name, HashSet<string> sensitive)
        => columns[name] = columns.TryGetValue(name, out var others) ? new HashSet<string>(others.Concat(sensitive), StringComparer.Ordinal) : sensitive;
}
