using System.Text.Json;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync;

/// <summary>A conflict column by column, as whoever decides it looks at it.</summary>
/// <param name="Conflict">The conflict.</param>
/// <param name="Columns">The columns of the map, those of the key first.</param>
public sealed record ConflictComparison(StoredConflict Conflict, IReadOnlyList<ConflictColumn> Columns)
{
    internal const string DeletedInSource = "deleted in the source";

    internal const string DeletedInTarget = "deleted in the target";

    /// <summary>What conflicts of one kind have in common: which columns differ, or which side has deleted the row.</summary>
    public string Pattern { get; private init; } = "";

    /// <summary>Whether columns can be taken from either side: both have the row.</summary>
    public bool IsMergeable => Conflict.SourceRow is not null && Conflict.TargetAfter is not null;

    internal static ConflictComparison Of(SyncMap map, StoredConflict conflict)
    {
        using var source = Parse(conflict.SourceRow);
        using var before = Parse(conflict.TargetBefore);
        using var after = Parse(conflict.TargetAfter);
        using var result = Parse(conflict.Result);
        var columns = map.Columns
            .Select(column => new ConflictColumn(column.Source!, column.IsKey, Value(source, column.Source!), Value(before, column.Source!), Value(after, column.Source!), Value(result, column.Source!))).ToList();
        return new ConflictComparison(conflict, columns) { Pattern = PatternOf(conflict, columns) };
    }

    private static string PatternOf(StoredConflict conflict, List<ConflictColumn> columns)
        => conflict.SourceRow is null ? DeletedInSource
            : conflict.TargetAfter is null ? DeletedInTarget
            : string.Join(", ", columns.Where(static column => column.Differs).Select(static column => Identifiers.Quote(column.Name)));

    private static JsonDocument? Parse(string? row) => row is null ? null : JsonDocument.Parse(row, DeepJson.Document);

    private static string? Value(JsonDocument? row, string column) => row is not null && row.RootElement.TryGetProperty(column, out var value) ? value.GetRawText() : null;
}

/// <summary>A column of a conflict. Values are JSON, and null where there is no row or the row has no such column: they may be personal data.</summary>
/// <param name="Name">The source's column.</param>
/// <param name="IsKey">Whether it is part of the key.</param>
/// <param name="Source">The source's value.</param>
/// <param name="TargetBefore">The value that the target's writer found.</param>
/// <param name="TargetAfter">The value that it left.</param>
/// <param name="Result">The value that both sides got.</param>
public sealed record ConflictColumn(string Name, bool IsKey, string? Source, string? TargetBefore, string? TargetAfter, string? Result)
{
    /// <summary>Whether both sides have another value.</summary>
    public bool Differs => !string.Equals(Source, TargetAfter, StringComparison.Ordinal);
}

/// <summary>Open conflicts that have the same pattern.</summary>
/// <param name="Map">The map.</param>
/// <param name="Pattern">What they have in common: <see cref="ConflictComparison.Pattern"/>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Oldest">When the oldest of them came to be.</param>
public sealed record ConflictPattern(string Map, string Pattern, long Count, DateTimeOffset Oldest);

/// <summary>Which conflicts.</summary>
public sealed record SyncConflictFilter
{
    /// <summary>The map; null for all.</summary>
    public string? Map { get; init; }

    /// <summary>Whether only those that wait for a decision.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>The row's key as JSON; null for all.</summary>
    public string? Key { get; init; }
}
