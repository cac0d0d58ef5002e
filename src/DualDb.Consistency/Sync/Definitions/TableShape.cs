using System.Globalization;

namespace DualDb.Consistency.Sync;

/// <summary>
/// What maps copy of a table, as lines of text: recorded where changes are captured, so that a node whose code is older or newer does not take changes for what they are not.
/// </summary>
internal sealed class TableShape
{
    private readonly string[] _lines;

    private TableShape(IEnumerable<string> lines) => _lines = [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>A number that stands for it on each change.</summary>
    public int Version => (int)(Hash() & int.MaxValue);

    public static TableShape Of(IEnumerable<SyncMap> maps) => new(maps.SelectMany(Lines).Distinct(StringComparer.Ordinal));

    public static TableShape Parse(string text) => new(text.Split('\n'));

    public override string ToString() => string.Join('\n', _lines);

    /// <summary>What has changed since another shape; null where nothing has.</summary>
    public string? ChangesSince(TableShape recorded)
    {
        var (more, less) = (_lines.Except(recorded._lines, StringComparer.Ordinal).ToList(), recorded._lines.Except(_lines, StringComparer.Ordinal).ToList());
        return more.Count == 0 && less.Count == 0
            ? null
            : string.Join("; ", new[] { Shown("only here", more), Shown("only recorded", less) }.OfType<string>());
    }

    private static string? Shown(string where, List<string> lines)
        => lines.Count == 0 ? null : $"{where}: {string.Join(", ", lines.Take(5))}{(lines.Count > 5 ? string.Create(CultureInfo.InvariantCulture, $" and {lines.Count - 5} more") : "")}";

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
        foreach (var character in ToString())
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash;
    }
}
