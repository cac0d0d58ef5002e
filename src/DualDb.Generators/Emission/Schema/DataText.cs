using System.Collections.Generic;
using System.Globalization;
using System.Text;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>JSON that a person may read: short values on one line, lists of objects on a line for each.</summary>
internal static class DataText
{
    /// <summary>A string.</summary>
    public static string Of(string text)
    {
        var json = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            json.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return json.Append('"').ToString();
    }

    /// <summary>A database.</summary>
    public static string Of(DatabaseKind database) => database == DatabaseKind.Neon ? "\"neon\"" : "\"supabase\"";

    /// <summary>A list of strings, on one line.</summary>
    public static string List(IEnumerable<string> texts)
    {
        var items = new List<string>();
        foreach (var text in texts)
        {
            items.Add(Of(text));
        }

        return "[" + string.Join(", ", items) + "]";
    }

    /// <summary>An object on one line, without its parts that are null.</summary>
    public static string Line(params (string Name, string? Json)[] parts) => "{ " + string.Join(", ", Present(parts)) + " }";

    /// <summary>An object with a line for each part that is not null.</summary>
    public static string Block(params (string Name, string? Json)[] parts) => "{\n    " + string.Join(",\n    ", Present(parts)) + "\n}";

    /// <summary>A list with a line for each item, indented; null for an empty one.</summary>
    public static string? Lines(IReadOnlyList<string> items)
        => items.Count == 0 ? null : "[\n    " + string.Join(",\n", items).Replace("\n", "\n    ") + "\n]";

    private static List<string> Present((string Name, string? Json)[] parts)
    {
        var present = new List<string>();
        foreach (var (name, json) in parts)
        {
            if (json is not null)
            {
                present.Add($"\"{name}\": {json.Replace("\n", "\n    ")}");
            }
        }

        return present;
    }
}
