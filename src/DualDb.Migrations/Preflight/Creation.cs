using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Preflight;

/// <summary>Whether a plan creates something under a name without a schema, which then lands in the first schema of the search path.</summary>
internal static class Creation
{
    private static readonly string[] Kinds = ["table", "view", "function", "procedure", "sequence", "type", "domain"];

    private static readonly string[] Fillers = ["or", "replace", "unlogged", "materialized", "recursive"];

    public static bool IsWithoutSchema(MigrationPlan plan, Database database)
        => plan.Migrations.Where(migration => migration.Id.Database == database).Select(static migration => migration.Migration).OfType<SqlMigration>().Any(IsWithoutSchema);

    // What sets a role or a search path of its own says itself where it creates, and what creates a schema may create within it.
    private static bool IsWithoutSchema(SqlMigration migration)
    {
        var statements = migration.Up.SelectMany(static segment => segment.Statements).Select(static statement => StatementText.BeginningOf(statement.Text)).ToList();
        return !statements.Exists(static words => words.SayAny(0, "set", "reset", "select", "do") || words.Say(0, "create", "schema")) && statements.Exists(IsWithoutSchema);
    }

    private static bool IsWithoutSchema(StatementWords words)
    {
        var at = 1;
        while (words.SayAny(at, Fillers))
        {
            at++;
        }

        if (!words.Say(0, "create") || !words.SayAny(at, Kinds))
        {
            return false;
        }

        at += words.Say(at + 1, "if", "not", "exists") ? 4 : 1;
        return !string.Equals(words[at + 1], ".", StringComparison.Ordinal);
    }
}
