using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>What a statement creates, alters or drops.</summary>
/// <param name="Schema">The schema; null where none is named.</param>
/// <param name="Name">The name.</param>
internal sealed record StatementTarget(string? Schema, string Name)
{
    private static readonly string[] Fillers = ["or", "replace", "unlogged", "temporary", "temp", "unique", "materialized", "recursive", "foreign"];

    private static readonly string[] Kinds = ["table", "view", "function", "procedure", "aggregate", "type", "domain", "sequence", "index", "schema", "statistics"];

    /// <summary>The target of a statement; null where it makes no object of a schema. Policies and triggers are none: they say something of a table, and change neither its shape nor its schema's.</summary>
    public static StatementTarget? Of(StatementWords words)
    {
        if (!words.SayAny(0, "create", "alter", "drop"))
        {
            return null;
        }

        var at = 1;
        while (words.SayAny(at, Fillers))
        {
            at++;
        }

        if (!words.SayAny(at, Kinds))
        {
            return null;
        }

        var isSchema = words.Say(at, "schema");
        if (words.Say(at, "index") && words.Say(0, "create"))
        {
            at = words.Find("on");
        }

        at++;
        at += words.Say(at, "concurrently") ? 1 : 0;
        at += words.Say(at, "if", "not", "exists") ? 3 : words.Say(at, "if", "exists") ? 2 : 0;
        var (first, next) = NameAt(words, words.Say(at, "only") ? at + 1 : at);
        return isSchema ? new StatementTarget(first, "")
            : string.Equals(words[next], ".", StringComparison.Ordinal) ? new StatementTarget(first, NameAt(words, next + 1).Name)
            : new StatementTarget(null, first);
    }

    /// <summary>A name as PostgreSQL reads it.</summary>
    public static string Fold(string written)
        => written.StartsWith('"') ? written.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal) : written.ToLowerInvariant();

    private static (string Name, int Next) NameAt(StatementWords words, int at) => (Fold(words[at]), at + 1);
}
