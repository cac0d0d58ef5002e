namespace DualDb.Migrations.Files.Sql;

/// <summary>Tells which statements cannot run in a transaction (PostgreSQL's manual names them on their pages), and what they work on.</summary>
internal static class StatementRecognition
{
    /// <summary>Recognises a statement.</summary>
    /// <param name="words">Its tokens.</param>
    /// <param name="start">Where it begins, for messages.</param>
    /// <param name="isolated">Whether the file says <c>transaction: none</c>: only there a procedure or a block may commit by itself.</param>
    /// <exception cref="SqlScanException">It cannot be resumed: an index is built concurrently that has no name.</exception>
    public static (StatementKind Kind, string? Target, string? Relation) Recognise(StatementWords words, int start, bool isolated)
    {
        if (words.Say(0, "create"))
        {
            return OfCreate(words, start);
        }

        if (words.Say(0, "drop", "index", "concurrently"))
        {
            return (StatementKind.DropIndexConcurrently, words.NameAt(words.Say(3, "if", "exists") ? 5 : 3).Name, null);
        }

        if (words.Say(0, "reindex"))
        {
            return OfReindex(words, isolated);
        }

        if (words.Say(0, "vacuum") || words.Say(0, "alter", "system") || (words.Say(0, "cluster") && (isolated || words.Count == 1 || (words.Count == 2 && words.Say(1, "verbose")))))
        {
            return (StatementKind.Repeatable, null, null);
        }

        var alone = (words.Say(0, "drop") && words.SayAny(1, "database", "tablespace", "subscription"))
            || (words.Say(0, "alter", "table") && words.Find("detach") > 0 && words.Find("concurrently") > 0)
            || (isolated && !IsTransactional(words));
        return (alone ? StatementKind.Unrepeatable : StatementKind.Transactional, null, null);
    }

    /// <summary>
    /// Whether a statement of a file that says <c>transaction: none</c> can be in a transaction all the same: the one that notes it as done, so that it is done once. All that is not surely one of these runs outside of transactions, as the file says.
    /// </summary>
    private static bool IsTransactional(StatementWords words)
        => words.SayAny(0, "select", "insert", "update", "delete", "merge", "with", "values", "table", "truncate", "comment", "grant", "revoke", "lock", "analyze", "analyse", "refresh", "set", "reset", "security", "notify", "import", "reassign")
            || (words.SayAny(0, "alter", "drop") && !words.SayAny(1, "database", "tablespace", "subscription", "system"));

    private static (StatementKind Kind, string? Target, string? Relation) OfCreate(StatementWords words, int start)
    {
        var index = words.Say(1, "unique") ? 2 : 1;
        if (!words.Say(index, "index", "concurrently"))
        {
            return (words.SayAny(1, "database", "tablespace", "subscription") ? StatementKind.Unrepeatable : StatementKind.Transactional, null, null);
        }

        var at = words.Say(index + 2, "if", "not", "exists") ? index + 5 : index + 2;
        if (words.Say(at, "on"))
        {
            throw new SqlScanException(start, "an index that is built concurrently has no name, and could not be found again after a crash: give it one");
        }

        var (name, next) = words.NameAt(at);
        var table = words.Say(next + 1, "only") ? next + 2 : next + 1;
        return (StatementKind.CreateIndexConcurrently, name, words.NameAt(table).Name);
    }

    private static (StatementKind Kind, string? Target, string? Relation) OfReindex(StatementWords words, bool isolated)
    {
        var concurrently = words.Find("concurrently");
        if (concurrently < 0)
        {
            // Of a partitioned table, or a partitioned index, as well: which it is, only the database knows.
            var whole = isolated || words.Find("database") > 0 || words.Find("system") > 0 || words.Find("schema") > 0;
            return (whole ? StatementKind.Repeatable : StatementKind.Transactional, null, null);
        }

        // Also as an option: reindex (concurrently) table t.
        var at = 1;
        while (at < words.Count && !words.SayAny(at, "index", "table", "schema", "database", "system"))
        {
            at++;
        }

        var isObject = words.SayAny(at, "index", "table");
        return (StatementKind.ReindexConcurrently, isObject ? words.NameAt(words.Say(at + 1, "concurrently") ? at + 2 : at + 1).Name : null, null);
    }
}
