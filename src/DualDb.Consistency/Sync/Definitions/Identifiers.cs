namespace DualDb.Consistency.Sync;

/// <summary>Names in SQL.</summary>
internal static class Identifiers
{
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Quote(string schema, string name) => Quote(schema) + "." + Quote(name);

    public static string List(IEnumerable<string> names, string prefix = "") => string.Join(", ", names.Select(name => prefix + Quote(name)));
}
