using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Linting;

/// <summary>Looks at what migrations do to tables that are synchronised, in both databases together.</summary>
/// <param name="migrations">All migrations.</param>
/// <param name="model">The model.</param>
internal sealed class ModelLint(IReadOnlyList<SqlMigration> migrations, SchemaModel model)
{
    private readonly List<Change> _changes = [.. migrations.SelectMany(Changes)];

    /// <summary>What is found, without what the files accept.</summary>
    public IEnumerable<MigrationFinding> Run()
    {
        foreach (var change in _changes.Where(static change => change.Column is not null))
        {
            var twins = Twins(change).ToList();
            var rule = twins.Count == 0 ? null : change.IsDrop ? LintRules.SyncedColumn : twins.Exists(twin => !IsSeen(twin)) ? LintRules.OneSide : null;
            if (rule is not null && !change.Migration.Accepts.Contains(rule, StringComparer.Ordinal))
            {
                yield return new MigrationFinding(rule, change.Migration.Id, change.Migration.Source, change.Line, LintRules.Messages[rule]);
            }
        }
    }

    // The columns of the other database that a column is synchronised with.
    private IEnumerable<(MappedTable Table, string Column)> Twins(Change change)
    {
        foreach (var map in model.Maps)
        {
            foreach (var column in map.Columns.Where(static column => column.Source is not null))
            {
                if (Is(change, map.Source) && string.Equals(column.Source, change.Column, StringComparison.Ordinal))
                {
                    yield return (map.Target, column.Target);
                }
                else if (Is(change, map.Target) && string.Equals(column.Target, change.Column, StringComparison.Ordinal))
                {
                    yield return (map.Source, column.Source!);
                }
            }
        }
    }

    private bool IsSeen((MappedTable Table, string Column) twin)
        => _changes.Exists(change => Is(change, twin.Table) && (change.Column is null ? SqlWords.Mentions(change.Text, twin.Column) : string.Equals(change.Column, twin.Column, StringComparison.Ordinal)));

    private static bool Is(Change change, MappedTable table)
        => change.Migration.Id.Database == table.Database && string.Equals(change.Target.Schema ?? "public", table.Schema, StringComparison.Ordinal) && string.Equals(change.Target.Name, table.Name, StringComparison.Ordinal);

    private static IEnumerable<Change> Changes(SqlMigration migration)
    {
        foreach (var statement in migration.Up.SelectMany(static segment => segment.Statements))
        {
            var words = StatementText.WordsOf(statement.Text);
            if (words.Find("table") is < 1 or > 2 || StatementTarget.Of(words) is not { } target)
            {
                continue;
            }

            if (words.Say(0, "create"))
            {
                yield return new Change(migration, statement.Line, statement.Text, target, Column: null, IsDrop: false);
            }
            else if (words.Say(0, "alter"))
            {
                foreach (var (column, isDrop) in Columns(words))
                {
                    yield return new Change(migration, statement.Line, statement.Text, target, column, isDrop);
                }
            }
        }
    }

    // Added, dropped, renamed, or of another type: what the other side has to follow.
    private static IEnumerable<(string Column, bool IsDrop)> Columns(StatementWords words)
    {
        for (var i = 3; i < words.Count; i++)
        {
            if (words.SayAny(i, "add", "drop") && words.Say(i + 1, "column"))
            {
                var at = i + 2;
                at += words.Say(at, "if", "not", "exists") ? 3 : words.Say(at, "if", "exists") ? 2 : 0;
                yield return (StatementTarget.Fold(words[at]), words.Say(i, "drop"));
            }
            else if (words.Say(i, "rename", "column"))
            {
                yield return (StatementTarget.Fold(words[i + 4]), false);
            }
            else if (words.Say(i, "alter", "column") && (words.Say(i + 3, "type") || words.Say(i + 3, "set", "data", "type")))
            {
                yield return (StatementTarget.Fold(words[i + 2]), false);
            }
        }
    }

    private sealed record Change(SqlMigration Migration, int Line, string Text, StatementTarget Target, string? Column, bool IsDrop);
}
