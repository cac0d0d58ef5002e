using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>A path into JSON, in SQL.</summary>
internal static class JsonPathSql
{
    public static string Of(IReadOnlyList<string> path) => "array[" + string.Join(", ", path.Select(Literal)) + "]::text[]";

    /// <summary>Refuses steps that PostgreSQL has no text for.</summary>
    /// <exception cref="ColumnValueException">One holds U+0000 or half of a surrogate pair.</exception>
    public static void Check(IReadOnlyList<string> path, string column)
    {
        foreach (var step in path)
        {
            ColumnValue.Text(step, column);
        }
    }

    // E'…' means the same whatever the server's standard_conforming_strings says.
    private static string Literal(string step)
        => "E'" + step.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
