namespace DualDb.Consistency.Sync;

/// <summary>
/// What maps copy of a table, as lines of text. Its number stands on each change, and tells under which maps it was captured.
/// </summary>
internal sealed class TableShape
{
    private readonly string[] _lines;

    private TableShape(IEnumerable<string> lines) => _lines = [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>A number that stands for it on each change.</summary>
    public int Version => (int)(Hash() & int.MaxValue);

    public static TableShape Of(IEnumerable<SyncMap> maps) => new(maps.SelectMany(Lines).Distinct(StringComparer.Ordinal));

    // On one line each, so that a line is a fact.
    private static IEnumerable<string> Lines(SyncMap map)
        => map.Columns.Select(column => OnOneLine($"{map.Name}: {column.Sql ?? column.Source} -> {column.Target}{(column.IsKey ? " (key)" : "")}{(column.IsCounter ? " (counter)" : "")}"))
            .Append(OnOneLine($"{map.Name}: {map.Source} -> {map.Target}"))
            .Concat(map.Filter is { } filter ? [OnOneLine($"{map.Name}: where {filter}")] : []);

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");

    // FNV-1a: the same in every process.
    private uint Hash()
    {
        var hash = 2166136261u;
        foreach (var character in string.Join('\n', _lines))
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash;
    }
}
