using System.Globalization;
using System.Text;

namespace DualDb.Querying;

/// <summary>Patterns of <c>like</c>: <c>%</c> stands for any text, <c>_</c> for one code point, a backslash takes the meaning from what follows.</summary>
internal static class LikePattern
{
    /// <summary>A text that stands for itself in a pattern.</summary>
    public static string Escape(string text)
        => text.AsSpan().IndexOfAny('\\', '%', '_') < 0
            ? text
            : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>Refuses what PostgreSQL would refuse, but only on meeting a row that it matches so far.</summary>
    /// <exception cref="ArgumentException">The pattern ends with a backslash that escapes nothing.</exception>
    public static void Check(string pattern)
    {
        var slashes = 0;
        while (slashes < pattern.Length && pattern[^(slashes + 1)] == '\\')
        {
            slashes++;
        }

        if (slashes % 2 == 1)
        {
            throw new ArgumentException($"The pattern \"{pattern}\" ends with a backslash that escapes nothing. Write \\\\ for a backslash.", nameof(pattern));
        }
    }

    /// <summary>Whether a text matches a pattern.</summary>
    public static bool IsMatch(string text, string pattern, bool ignoreCase)
        => IsMatch(Runes(text, ignoreCase), Runes(pattern, ignoreCase));

    // The last % alone need be gone back to: what an earlier one might match differently, the last can match as well.
    private static bool IsMatch(Rune[] text, Rune[] pattern)
    {
        var (t, p) = (0, 0);
        var (mark, resume) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p].Value == '%')
            {
                (mark, resume) = (++p, t);
            }
            else if (p < pattern.Length && MatchesOne(text[t], pattern, p, out var width))
            {
                (t, p) = (t + 1, p + width);
            }
            else if (mark >= 0)
            {
                (t, p) = (++resume, mark);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p].Value == '%')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool MatchesOne(Rune character, Rune[] pattern, int at, out int width)
    {
        var escaped = pattern[at].Value == '\\';
        width = escaped ? 2 : 1;
        return escaped ? pattern[at + 1] == character : pattern[at].Value == '_' || pattern[at] == character;
    }

    private static Rune[] Runes(string text, bool ignoreCase)
        => [.. text.EnumerateRunes().Select(rune => ignoreCase ? Rune.ToLower(rune, CultureInfo.InvariantCulture) : rune)];

    /// <summary>The regular expression that matches what a pattern does: the whole text, any character for the wildcards.</summary>
    public static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character is '%' or '_')
            {
                regex.Append(character == '%' ? ".*" : ".");
                continue;
            }

            character = character == '\\' ? pattern[++i] : character;
            regex.Append(character is '^' or '$' or '.' or '|' or '?' or '*' or '+' or '(' or ')' or '[' or ']' or '{' or '}' or '\\' ? "\\" : "").Append(character);
        }

        return regex.Append('$').ToString();
    }
}
