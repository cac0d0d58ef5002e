using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Linting;

/// <summary>Looks at what migrations do to tables that are synchronised, in both databases together.</summary>
/// <param name="migrations">All migrations.</param>
/// <param name="model">The model.</param>
internal sealed class ModelLint(IReadOnlyList<SqlMigration> migrations, SchemaModel model)
{
    /// <summary>What is added and dropped besides columns.</summary>
    private static readonly string[] NoColumns = ["constraint", "primary", "unique", "foreign", "check", "exclude", "default", "not", "expression", "identity", "generated"];

    private readonly List<Change> _changes = [.. migrations.SelectMany(Changes)];

    /// <summary>What is found, without what the files accept.</summary>
    public IEnumerable<MigrationFinding> Run()
    {
        foreach (var change in _changes.Where(static change => change.Column is not null || change.Kind == ChangeKind.Drop))
        {
            var rule = change.Column is null ? OfDroppedTable(change) : OfColumn(change);
            if (rule is not null && !change.Migration.Accepts.Contains(rule, StringComparer.Ordinal))
            {
                yield return new MigrationFinding(rule, change.Migration.Id, change.Migration.Source, change.Line, LintRules.Messages[rule]);
            }
        }
    }

    private string? OfColumn(Change change)
    {
        var twins = Twins(change).ToList();
        return twins.Count == 0 ? null : change.Kind == ChangeKind.Drop ? LintRules.SyncedColumn : twins.Exists(twin => !IsFollowed(change, twin)) ? LintRules.OneSide : null;
    }

    // Where it is created anew behind that, its columns were changed so.
    private string? OfDroppedTable(Change change)
        => model.Maps.Any(map => Is(change, map.Source) || Is(change, map.Target)) && !_changes.Skip(_changes.IndexOf(change)).Any(other => other.Kind == ChangeKind.Create && IsSameTable(other, change))
            ? LintRules.SyncedColumn
            : null;

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

    // That both sides have come to be says nothing of what is changed later: each change of a column that was there needs one of the other side, unless that was created behind it.
    private bool IsFollowed(Change change, (MappedTable Table, string Column) twin)
    {
        var theirs = _changes.FindAll(other => Is(other, twin.Table) && Names(other, twin.Column));
        if (theirs.Count == 0 || !IsAlteration(change))
        {
            return theirs.Count > 0;
        }

        var mine = _changes.Take(_changes.IndexOf(change) + 1).Count(other => IsSameColumn(other, change) && IsAlteration(other));
        return theirs.Count(IsAlteration) >= mine || _changes.IndexOf(theirs[0]) > _changes.IndexOf(change);
    }

    // What gets a name that the column had before takes the place of it.
    private bool IsAlteration(Change change) => change.Kind == ChangeKind.Type
        || (change.Kind == ChangeKind.Rename && _changes.Take(_changes.IndexOf(change)).Any(other => IsSameTable(other, change) && Names(other, change.Column!)));

    private static bool Names(Change change, string column)
        => change.Kind != ChangeKind.Drop && (change.Column is null ? SqlWords.Mentions(change.Text, column) : string.Equals(change.Column, column, StringComparison.Ordinal));

    private static bool IsSameColumn(Change left, Change right) => IsSameTable(left, right) && string.Equals(left.Column, right.Column, StringComparison.Ordinal);

    private static bool IsSameTable(Change left, Change right)
        => left.Migration.Id.Database == right.Migration.Id.Database && string.Equals(left.Target.Name, right.Target.Name, StringComparison.Ordinal) && string.Equals(left.Target.Schema ?? "public", right.Target.Schema ?? "public", StringComparison.Ordinal);

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
                yield return new Change(migration, statement.Line, statement.Text, target, column: null, ChangeKind.Create);
            }
            else if (words.Say(0, "drop"))
            {
                yield return new Change(migration, statement.Line, statement.Text, target, column: null, ChangeKind.Drop);
            }
            else if (words.Say(0, "alter"))
            {
                foreach (var (column, kind) in Columns(words))
                {
                    yield return new Change(migration, statement.Line, statement.Text, target, column, kind);
                }
            }
        }
    }

    // Added, dropped, renamed, or of another type: what the other side has to follow.
    private static IEnumerable<(string Column, ChangeKind Kind)> Columns(StatementWords words)
    {
        for (var i = 3; i < words.Count; i++)
        {
            // The word COLUMN may be left out.
            var at = words.Say(i + 1, "column") ? i + 2 : i + 1;
            if (words.SayAny(i, "add", "drop") && !words.SayAny(at, NoColumns))
            {
                at += words.Say(at, "if", "not", "exists") ? 3 : words.Say(at, "if", "exists") ? 2 : 0;
                yield return (StatementTarget.Fold(words[at]), words.Say(i, "drop") ? ChangeKind.Drop : ChangeKind.Add);
            }
            else if (words.Say(i, "rename") && words.Say(at + 1, "to") && !words.Say(at, "constraint"))
            {
                yield return (StatementTarget.Fold(words[at + 2]), ChangeKind.Rename);
            }
            else if (words.Say(i, "alter") && (words.Say(at + 1, "type") || words.Say(at + 1, "set", "data", "type")))
            {
                yield return (StatementTarget.Fold(words[at]), ChangeKind.Type);
            }
        }
    }

    private enum ChangeKind
    {
        Create,
        Add,
        Drop,
        Rename,
        Type,
    }

    // By reference: two files may say the same.
    private sealed class Change(SqlMigration migration, int line, string text, StatementTarget target, string? column, ChangeKind kind)
    {
        public SqlMigration Migration => migration;

        public int Line => line;

        public string Text => text;

        public StatementTarget Target => target;

        public string? Column => column;

        public ChangeKind Kind => kind;
    }
}
