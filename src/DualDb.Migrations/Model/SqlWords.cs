using System.Text;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Model;

/// <summary>Names of columns within expressions of the user. A word in a literal or a comment is none, nor is one that calls a function, names a type or stands before a dot.</summary>
internal static class SqlWords
{
    public static bool Mentions(string sql, string name) => Names(sql).Any(token => string.Equals(NameOf(sql, token), name, StringComparison.Ordinal));

    public static string Replace(string sql, string name, string by) => Replace(sql, new Dictionary<string, string>(StringComparer.Ordinal) { [name] = by });

    /// <summary>Each name in the place of another, in one go: what takes a name is not taken for what had it.</summary>
    public static string Replace(string sql, IReadOnlyDictionary<string, string> names)
    {
        var (text, copied) = (new StringBuilder(), 0);
        foreach (var token in Names(sql))
        {
            if (names.TryGetValue(NameOf(sql, token), out var by))
            {
                // What was quoted stays so, since conditions are compared by their texts.
                text.Append(sql, copied, token.Start - copied).Append(token.Kind == SqlTokenKind.QuotedName ? '"' + by.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : SqlName.Quote(by));
                copied = token.End;
            }
        }

        return text.Append(sql, copied, sql.Length - copied).ToString();
    }

    private static IEnumerable<SqlToken> Names(string sql)
    {
        var tokens = Tokens(sql);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && !IsAnother(sql, tokens, i))
            {
                yield return tokens[i];
            }
        }
    }

    // A function (lower(x)), what is looked up in (orders.x), the type of a literal (date '2026-01-01'), or the type of a cast (x::mood, x::public.mood, cast(x as mood)).
    private static bool IsAnother(string sql, List<SqlToken> tokens, int at)
    {
        if (Is(at + 1, "(") || Is(at + 1, ".") || (at + 1 < tokens.Count && tokens[at + 1].Kind == SqlTokenKind.Constant))
        {
            return true;
        }

        while (Is(at - 1, "."))
        {
            at -= 2;
        }

        return Is(at - 1, "as") || (Is(at - 1, ":") && Is(at - 2, ":"));

        bool Is(int index, string text) => index >= 0 && index < tokens.Count && sql.AsSpan(tokens[index].Start, tokens[index].Length).Equals(text, StringComparison.OrdinalIgnoreCase);
    }

    // What PostgreSQL cannot read either is left as it is: the migration fails there, and shows the place.
    private static List<SqlToken> Tokens(string sql)
    {
        var (scanner, tokens) = (new SqlScanner(sql), new List<SqlToken>());
        try
        {
            for (var token = scanner.Next(); token.Kind != SqlTokenKind.End; token = scanner.Next())
            {
                if (token.Kind != SqlTokenKind.LineComment)
                {
                    tokens.Add(token);
                }
            }
        }
        catch (SqlScanException)
        {
            return [];
        }

        return tokens;
    }

    private static string NameOf(string sql, SqlToken token) => StatementTarget.Fold(sql.Substring(token.Start, token.Length));
}
