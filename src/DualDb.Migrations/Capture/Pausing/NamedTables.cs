using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Capture.Pausing;

/// <summary>Which tables statements may alter or lock, as far as their texts tell.</summary>
internal static class NamedTables
{
    /// <summary>What locks no rows of a table that it names, and alters none.</summary>
    private static readonly string[] Harmless = ["comment", "grant", "revoke", "analyze", "set", "reset", "notify", "insert", "copy", "values", "show", "explain"];

    /// <summary>What is created over tables without a lock that would keep others from writing to them.</summary>
    private static readonly string[] HarmlessKinds = ["function", "procedure", "view", "materialized", "schema", "type", "domain", "extension", "role", "aggregate"];

    /// <summary>
    /// Those of some tables that a statement names which may alter or lock them. A name within a text counts as well: what is altered in a block of <c>do</c> is altered. To pause one too many costs a moment; to pause one too few, the other maps.
    /// </summary>
    public static IReadOnlyList<SyncedTable> In(IEnumerable<SqlStatement> statements, IReadOnlyList<SyncedTable> tables)
    {
        if (tables.Count == 0)
        {
            return [];
        }

        var suspects = statements.Where(IsSuspect).ToList();
        return [.. tables.Where(table => suspects.Exists(statement => Names(statement.Text, table.Name)))];
    }

    /// <summary>Whether a statement may lock tables for long: to be asked before the database is.</summary>
    public static bool IsSuspect(SqlStatement statement)
    {
        var words = StatementText.BeginningOf(statement.Text);
        return statement.Kind switch
        {
            // Nobody waits for what is done concurrently.
            StatementKind.CreateIndexConcurrently or StatementKind.DropIndexConcurrently or StatementKind.ReindexConcurrently => false,
            StatementKind.Transactional => !words.SayAny(0, Harmless) && !IsHarmlessCreation(words),
            _ => words.SayAny(0, "alter", "cluster", "reindex", "call") || words.Say(0, "vacuum") && words.Find("full") > 0,
        };
    }

    private static bool IsHarmlessCreation(StatementWords words)
    {
        var at = words.Say(1, "or", "replace") ? 3 : 1;
        return words.Say(0, "create") && words.SayAny(words.SayAny(at, "temporary", "temp", "recursive") ? at + 1 : at, HarmlessKinds);
    }

    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!IsOfName(text, at - 1) && !IsOfName(text, at + name.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfName(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$');
}
