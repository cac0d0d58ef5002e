using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>
/// Tells what a statement takes away: by words and not by grammar, also within <c>with</c> and blocks of <c>do</c>. A question too many costs a moment, one too few the data. What functions do that are called is not seen.
/// </summary>
/// <param name="created">The tables that were created just before: nobody misses what is in them.</param>
internal sealed class StatementLoss(CreatedTables created)
{
    /// <summary>What holds rows, or belongs to somebody who owns tables.</summary>
    private static readonly string[] Holders = ["schema", "database", "owned", "tablespace"];

    /// <summary>What columns are made of: with <c>cascade</c> the columns go as well.</summary>
    private static readonly string[] Parts = ["type", "domain", "extension", "sequence", "function", "procedure", "routine", "aggregate", "collation", "operator", "language", "server", "data", "access"];

    /// <summary>What is behind <c>drop</c> in <c>alter table</c> and no column.</summary>
    private static readonly string[] NoColumn = ["constraint", "default", "not", "expression", "identity"];

    /// <summary>What a statement begins behind, within another one.</summary>
    private static readonly string[] Openings = ["begin", "then", "else", "loop", "analyze"];

    /// <summary>The first that a statement does of it.</summary>
    public Loss Of(string sql) => Of(StatementText.WordsOf(sql));

    /// <inheritdoc cref="Of(string)"/>
    public Loss Of(StatementWords words)
    {
        // What is created is not run yet.
        if (words.Say(0, "create"))
        {
            return Loss.None;
        }

        return First(words, inBlock: words.Say(0, "do"));
    }

    // In a block also what it passes to 'execute': the constants within.
    private Loss First(StatementWords words, bool inBlock)
    {
        var first = Loss.None;
        for (var at = 0; at < words.Count && first == Loss.None; at++)
        {
            first = inBlock && words.IsConstant(at) ? First(StatementText.ReadableWordsOf(ConstantText.Of(words[at])), inBlock: true)
                : Begins(words, at) ? OfStatement(words, at)
                : Loss.None;
        }

        return first;
    }

    private static bool Begins(StatementWords words, int at) => at == 0 || words[at - 1] is ";" or "(" or ")" || words.SayAny(at - 1, Openings);

    private Loss OfStatement(StatementWords words, int at)
    {
        if (words.Say(at, "drop"))
        {
            return OfDrop(words, at + 1);
        }

        if (words.Say(at, "truncate"))
        {
            return AreNew(words, words.Say(at + 1, "table") ? at + 2 : at + 1) ? Loss.None : Loss.Rows;
        }

        if (words.Say(at, "delete", "from"))
        {
            return HasCondition(words, at) || AreNew(words, at + 2, most: 1) ? Loss.None : Loss.Rows;
        }

        if (words.Say(at, "update") && !words.Say(at + 1, "set"))
        {
            return HasCondition(words, at) || AreNew(words, at + 1, most: 1) ? Loss.None : Loss.Values;
        }

        return words.Say(at, "alter") ? OfAlter(words, at + 1) : Loss.None;
    }

    private Loss OfDrop(StatementWords words, int kind)
    {
        if (words.SayAny(kind, Holders))
        {
            return Loss.Object;
        }

        var table = words.Say(kind, "foreign") ? kind + 1 : kind;
        if (words.Say(table, "table"))
        {
            return AreNew(words, words.Say(table + 1, "if", "exists") ? table + 3 : table + 1) ? Loss.None : Loss.Object;
        }

        return words.SayAny(table, Parts) && Finds(words, "cascade", kind) > 0 ? Loss.Object : Loss.None;
    }

    private Loss OfAlter(StatementWords words, int kind)
    {
        if (words.Say(kind, "type"))
        {
            return Finds(words, "drop", kind) is var drop and > 0 && words.Say(drop + 1, "attribute") ? Loss.Object : Loss.None;
        }

        var table = words.Say(kind, "foreign") ? kind + 1 : kind;
        if (!words.Say(table, "table") || AreNew(words, words.Say(table + 1, "if", "exists") ? table + 3 : table + 1, most: 1))
        {
            return Loss.None;
        }

        for (var at = Finds(words, "drop", table); at > 0; at = Finds(words, "drop", at + 1))
        {
            if (!words.SayAny(at + 1, NoColumn))
            {
                return Loss.Object;
            }
        }

        return Loss.None;
    }

    /// <summary>Whether all tables of a list, or its first ones, were created just before.</summary>
    private bool AreNew(StatementWords words, int at, int most = int.MaxValue)
    {
        for (var i = 0; i < most; i++)
        {
            var (name, next) = words.NameAt(words.Say(at, "only") ? at + 1 : at);
            if (!created.IsNew(name))
            {
                return false;
            }

            next += string.Equals(words[next], "*", StringComparison.Ordinal) ? 1 : 0;
            if (!string.Equals(words[next], ",", StringComparison.Ordinal))
            {
                return true;
            }

            at = next + 1;
        }

        return true;
    }

    // 'where true' is written to get past those who look for a condition.
    private static bool HasCondition(StatementWords words, int at)
        => Finds(words, "where", at) is var where and > 0 && !(words.Say(where + 1, "true") && (where + 2 >= words.Count || words[where + 2] is ";" or ")"));

    /// <summary>Where a keyword stands in the statement that begins at a place, outside of parentheses; -1 for nowhere.</summary>
    private static int Finds(StatementWords words, string keyword, int from)
    {
        var depth = 0;
        for (var i = from; i < words.Count && depth >= 0 && !(depth == 0 && words[i] is ";"); i++)
        {
            depth += words[i] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0 && words.Say(i, keyword))
            {
                return i;
            }
        }

        return -1;
    }
}
