using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>The statements of files that take something away. What a file accepts of the lint counts for nothing here: who accepts a rule has thought of the application, and has not said yes to this run.</summary>
internal static class MigrationLosses
{
    /// <summary>Those of a migration, from a statement on: the ones before it are done.</summary>
    public static IEnumerable<SqlStatement> In(SqlMigration migration, int done = 0)
    {
        var created = new CreatedTables();
        var loss = new StatementLoss(created);
        foreach (var (at, statement) in migration.Up.SelectMany(static segment => segment.Statements).Index())
        {
            if (statement.Moved is not null)
            {
                continue;
            }

            var words = StatementText.WordsOf(statement.Text);
            if (!created.Take(words) && at >= done && loss.Of(words) != Loss.None)
            {
                yield return statement;
            }
        }
    }

    /// <summary>Whether a file of rows has one.</summary>
    /// <exception cref="MigrationFileException">A statement cannot be part of it, or has no end.</exception>
    public static bool AreIn(Seed seed)
    {
        var loss = new StatementLoss(new CreatedTables());
        using var reader = new SeedReader(seed);
        for (var part = reader.Next(); part.Count > 0; part = reader.Next())
        {
            if (part.Any(statement => !IsInsert(statement.Text) && loss.Of(statement.Text) != Loss.None))
            {
                return true;
            }
        }

        return false;
    }

    // What files of rows consist of, and may be long: a look at all their values would cost more than it finds.
    private static bool IsInsert(string text) => StatementText.BeginningOf(text).Say(0, "insert");
}
