using DualDb.Migrations.Files;

namespace DualDb.Migrations.Linting;

/// <summary>Looks for tables that are dropped where they were, though their rows go to the other database, by a file that does not look whether something came since.</summary>
/// <param name="migrations">All migrations.</param>
internal sealed class MoveLint(IReadOnlyList<SqlMigration> migrations)
{
    /// <summary>What is found, without what the files accept.</summary>
    public IEnumerable<MigrationFinding> Run()
    {
        var moved = migrations.Where(static migration => migration.Phase != MigrationPhase.Contract)
            .SelectMany(static migration => migration.Moves.Select(move => (Database: migration.Id.Database == Database.Neon ? Database.Supabase : Database.Neon, move.From))).ToHashSet();
        foreach (var migration in moved.Count == 0 ? [] : migrations.Where(static migration => !migration.Accepts.Contains(LintRules.MovedAway, StringComparer.Ordinal)))
        {
            foreach (var statement in migration.Up.SelectMany(static segment => segment.Statements))
            {
                var words = StatementText.WordsOf(statement.Text);
                if (words.Say(0, "drop", "table") && TableName.TryParse(words.NameAt(words.Say(2, "if", "exists") ? 4 : 2).Name, out var dropped)
                    && moved.Contains((migration.Id.Database, dropped)) && migration.Moves.All(move => move.From != dropped))
                {
                    yield return new MigrationFinding(LintRules.MovedAway, migration.Id, migration.Source, statement.Line, LintRules.Messages[LintRules.MovedAway]);
                }
            }
        }
    }
}
