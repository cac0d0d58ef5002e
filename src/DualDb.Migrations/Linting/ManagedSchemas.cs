using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>The schemas that Supabase looks after, and changes at its own time.</summary>
internal static class ManagedSchemas
{
    /// <summary>Their names.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "auth", "storage", "realtime", "_realtime", "_analytics", "vault", "extensions", "graphql", "graphql_public", "pgbouncer", "pgsodium", "supabase_functions", "supabase_migrations",
    };

    /// <summary>Whether a statement creates, alters or drops something there.</summary>
    public static bool IsTouchedBy(Database database, StatementWords words) => database == Database.Supabase && StatementTarget.Of(words) is { Schema: { } schema } && Names.Contains(schema);

    /// <summary>The first statement of a migration that does, where the file does not say that it may; null for none.</summary>
    public static SqlStatement? FirstIn(SqlMigration migration)
        => migration.Id.Database != Database.Supabase || migration.Accepts.Contains(LintRules.ManagedSchema, StringComparer.Ordinal)
            ? null
            : migration.Up.SelectMany(static segment => segment.Statements).FirstOrDefault(static statement => IsTouchedBy(Database.Supabase, StatementText.WordsOf(statement.Text)));
}
