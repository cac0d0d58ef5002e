using System.Text.Json;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>The text under which a row is known on both sides: the values of its key, as the trigger writes them.</summary>
internal static class RowKey
{
    /// <summary>The text.</summary>
    /// <param name="row">The row, or its key, by column.</param>
    /// <param name="columns">The columns of the key, in order.</param>
    public static string Of(JsonElement row, IReadOnlyList<string> columns)
        => columns.Count == 1
            ? row.GetProperty(columns[0]).GetRawText()
            : "[" + string.Join(", ", columns.Select(column => row.GetProperty(column).GetRawText())) + "]";
}
