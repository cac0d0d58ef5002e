using System.Text;

namespace DualDb.Migrations.Files;

/// <summary>A table with its schema, as PostgreSQL stores both.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Name">The name.</param>
internal sealed record TableName(string Schema, string Name)
{
    /// <summary>Reads a name as SQL writes it: parts without quotes are folded to lower case.</summary>
    public static bool TryParse(string text, out TableName name)
    {
        var at = 0;
        var schema = Part(text, ref at);
        var table = at < text.Length && text[at] == '.' && ++at > 0 ? Part(text, ref at) : "";
        name = new TableName(schema, table);
        return schema.Length > 0 && table.Length > 0 && at == text.Length;
    }

    /// <summary>The name in SQL.</summary>
    public override string ToString() => Quoted(Schema) + "." + Quoted(Name);

    private static string Part(string text, ref int at)
    {
        var part = new StringBuilder();
        if (at < text.Length && text[at] == '"')
        {
            for (at++; at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')); at++)
            {
                at += text[at] == '"' ? 1 : 0;
                part.Append(text[at]);
            }

            at++;
            return at <= text.Length ? part.ToString() : "";
        }

        while (at < text.Length && IsPlain(text[at], part.Length == 0))
        {
            part.Append(char.ToLowerInvariant(text[at++]));
        }

        return part.ToString();
    }

    private static string Quoted(string part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (!IsPlain(part[i], i == 0) || part[i] is >= 'A' and <= 'Z')
            {
                return "\"" + part.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            }
        }

        return part;
    }

    private static bool IsPlain(char character, bool isFirst)
        => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || (!isFirst && character is (>= '0' and <= '9') or '$');
}
