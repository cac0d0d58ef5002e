namespace DualDb.Querying;

/// <summary>A path into JSON, in SQL.</summary>
internal static class JsonPathSql
{
    public static string Of(IReadOnlyList<string> path) => "array[" + string.Join(", ", path.Select(Literal)) + "]::text[]";

    // E'…' means the same whatever the server's standard_conforming_strings says.
    private static string Literal(string step)
        => "E'" + step.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
