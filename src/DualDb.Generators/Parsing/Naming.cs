using System.Text;

namespace DualDb.Generators.Parsing;

/// <summary>The names that are used where the user gives none.</summary>
internal static class Naming
{
    /// <summary><c>OrderId</c> → <c>order_id</c>, <c>HTTPStatus</c> → <c>http_status</c>, <c>Line2</c> → <c>line2</c>.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i) && text.Length > 0 && text[text.Length - 1] != '_')
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary><c>UserId</c> → <c>userId</c>, <c>URL</c> → <c>url</c>, <c>IPAddress</c> → <c>ipAddress</c>.</summary>
    public static string CamelCase(string name)
    {
        var upper = 0;
        while (upper < name.Length && char.IsUpper(name[upper]))
        {
            upper++;
        }

        // Of an acronym before a word, the last capital belongs to the word.
        var lower = upper <= 1 || upper == name.Length ? upper : upper - 1;
        return name.Substring(0, lower).ToLowerInvariant() + name.Substring(lower);
    }

    /// <summary>The table of a type: <c>OrderLine</c> → <c>order_lines</c>.</summary>
    public static string Table(string type)
    {
        var snake = SnakeCase(type);
        var word = snake.LastIndexOf('_') + 1;
        return snake.Substring(0, word) + Plural.Of(snake.Substring(word));
    }

    /// <summary>The set of a type: <c>OrderLine</c> → <c>OrderLines</c>.</summary>
    public static string Set(string type)
    {
        var word = type.Length - 1;
        while (word > 0 && !StartsWord(type, word))
        {
            word--;
        }

        if (word < 0)
        {
            return type;
        }

        // The ending is added to the word as written, so that `URL` gives `URLs`; a changed stem keeps its first letter's case.
        var last = type.Substring(word);
        var lower = last.ToLowerInvariant();
        var plural = Plural.Of(lower);
        var kept = 0;
        while (kept < lower.Length && kept < plural.Length && lower[kept] == plural[kept])
        {
            kept++;
        }

        var set = type.Substring(0, word) + last.Substring(0, kept) + plural.Substring(kept);
        return char.ToUpperInvariant(set[0]) + set.Substring(1);
    }

    private static bool StartsWord(string name, int i)
    {
        if (i == 0)
        {
            return true;
        }

        var previous = name[i - 1];
        return char.IsUpper(name[i])
            && (!char.IsUpper(previous) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
    }
}
