namespace DualDb.Migrations.Files.Sql;

/// <summary>An update that is run for some rows of its table at a time.</summary>
/// <param name="Target">What stands between <c>update</c> and <c>set</c>: the table, with its alias.</param>
/// <param name="Table">The table, as written.</param>
/// <param name="Assignments">What stands between <c>set</c> and <c>where</c>.</param>
/// <param name="Condition">What stands behind <c>where</c>.</param>
internal sealed record DividedUpdate(string Target, string Table, string Assignments, string Condition)
{
    /// <summary>Reads a statement; null where it is no update.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="reason">Why an update cannot be divided, as a clause with the next step; null where it can.</param>
    public static DividedUpdate? Read(string text, out string? reason)
    {
        reason = null;
        var tokens = Tokens(text);
        var words = new StatementWords(text, tokens);
        if (!words.Say(0, "update"))
        {
            return null;
        }

        var set = Find(words, "set", 1);
        var where = Find(words, "where", set);
        var from = Find(words, "from", set);
        if (set < 2 || set + 1 == words.Count || where == set + 1 || where + 1 == words.Count)
        {
            reason = "the statement cannot be read as one: write 'update', the table, 'set' with assignments, and 'where' with a condition";
        }
        else if (where < 0 || words.Say(where + 1, "current", "of"))
        {
            reason = "it has no condition, by which the rows that are left could be told: write 'where' with one that no row fulfils any more once it was changed";
        }
        else if (Find(words, "returning", where) > 0 || (from > 0 && from < where))
        {
            reason = "an update with 'from' or 'returning' cannot be divided: take what it needs by a subquery, or write an IDataMigration";
        }

        return reason is not null ? null : new DividedUpdate(
            Text(1, set),
            words.NameAt(words.Say(1, "only") ? 2 : 1).Name,
            Text(set + 1, where),
            Text(where + 1, words.Count));

        string Text(int first, int end) => text.Substring(tokens[first].Start, tokens[end - 1].End - tokens[first].Start);
    }

    private static List<SqlToken> Tokens(string text)
    {
        var tokens = new List<SqlToken>();
        var scanner = new SqlScanner(text);
        for (var token = scanner.Next(); token.Kind != SqlTokenKind.End; token = scanner.Next())
        {
            if (token.Kind != SqlTokenKind.LineComment)
            {
                tokens.Add(token);
            }
        }

        return tokens;
    }

    // Outside of parentheses; 'is distinct from' is no list of tables.
    private static int Find(StatementWords words, string keyword, int from)
    {
        var depth = 0;
        for (var i = Math.Max(0, from); i < words.Count; i++)
        {
            depth += words[i] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0 && words.Say(i, keyword) && !words.Say(i - 1, "distinct"))
            {
                return i;
            }
        }

        return -1;
    }
}
