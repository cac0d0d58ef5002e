using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>What a dry run has passed over, and which failures of other statements may come from that.</summary>
internal sealed class DryRunEffects
{
    private readonly List<Effect> _effects = [];

    /// <summary>A migration of code was passed over: nobody knows which rows it would have changed, nor in which database.</summary>
    public void Add(SkippedStatement skipped) => _effects.Add(new Effect(skipped, Database: null, Names(), Names(), ChangesAnyRows: true));

    /// <summary>A statement was passed over.</summary>
    public void Add(SkippedStatement skipped, SqlStatement statement)
    {
        var database = skipped.Id.Database;
        switch (statement.Kind)
        {
            case StatementKind.CreateIndexConcurrently:
                var isUnique = StatementNames.Says(statement.Text, "unique");
                _effects.Add(new Effect(skipped, database, Names(StatementNames.Last(statement.Target!)), Names(), ChangesAnyRows: false) { UniqueOn = isUnique ? StatementNames.Last(statement.Relation!) : null });
                break;
            case StatementKind.DropIndexConcurrently:
                _effects.Add(new Effect(skipped, database, Names(StatementNames.Last(statement.Target!)), Names(), ChangesAnyRows: false));
                break;
            case StatementKind.Move or StatementKind.MoveBack:
                // Rows come here and go there, and neither table changes its shape.
                _effects.Add(new Effect(skipped, Database: null, Names(), Names(statement.Moved!.From.Name, statement.Moved.To.Name), ChangesAnyRows: false));
                break;
            case StatementKind.ReindexConcurrently or StatementKind.Repeatable:
                break;
            default:
                _effects.Add(OfAny(skipped, statement));
                break;
        }
    }

    /// <summary>The statement, passed over before, that a failure may come from; null where it fails by itself.</summary>
    /// <param name="database">Where it failed.</param>
    /// <param name="statement">The text of the statement.</param>
    /// <param name="answer">What the server answered.</param>
    public SkippedStatement? CauseOf(Database database, string statement, PostgresException answer)
    {
        if (!MayCome(answer.SqlState))
        {
            return null;
        }

        var named = StatementNames.Of(statement);
        return _effects.Find(effect => (effect.Database ?? database) == database && effect.MayCause(named, answer))?.Skipped;
    }

    // A procedure or a block changes what it likes; of others, what they change is among what they name. What is altered is there all the same, and a definition changes no rows.
    private static Effect OfAny(SkippedStatement skipped, SqlStatement statement)
    {
        var words = StatementText.BeginningOf(statement.Text);
        var objects = StatementNames.All(statement.Text);
        if (words.Say(0, "alter") && StatementTarget.Of(words) is { } altered)
        {
            objects.Remove(altered.Name);
        }

        return new Effect(
            skipped, skipped.Id.Database, objects, words.SayAny(0, "create", "alter", "drop", "comment", "grant", "revoke") ? Names() : StatementNames.Of(statement.Text), ChangesAnyRows: statement.Kind == StatementKind.Unrepeatable);
    }

    private static HashSet<string> Names(params ReadOnlySpan<string> names) => [.. names];

    // A wrong syntax (42601), a right that lacks (42501), a lock, a limit or a fault of the server has another cause.
    private static bool MayCome(string state) => state is not (PostgresErrorCodes.SyntaxError or PostgresErrorCodes.InsufficientPrivilege) && (IsOfRows(state) || state[..2] is "42" or "2B" or "3F" || state is PostgresErrorCodes.ObjectNotInPrerequisiteState);

    private static bool IsOfRows(string state) => state[..2] is "21" or "22" or "23" or "P0";

    private sealed record Effect(SkippedStatement Skipped, Database? Database, IReadOnlySet<string> Objects, IReadOnlySet<string> Tables, bool ChangesAnyRows)
    {
        /// <summary>The table that was to get a unique index, which foreign keys and upserts need; null for none.</summary>
        public string? UniqueOn { get; init; }

        public bool MayCause(IReadOnlySet<string> named, PostgresException answer)
        {
            if (IsOfRows(answer.SqlState))
            {
                return ChangesAnyRows || Tables.Overlaps(named) || (answer.TableName is { } table && Tables.Contains(table)) || (answer.ConstraintName is { } constraint && Objects.Contains(constraint));
            }

            if (answer.SqlState is PostgresErrorCodes.InvalidForeignKey or PostgresErrorCodes.InvalidColumnReference && UniqueOn is not null && named.Contains(UniqueOn))
            {
                return true;
            }

            // What is missing, or in the way, stands in quotes at the beginning of what the server says.
            return StatementNames.Quoted(answer.MessageText) is { } missing ? Objects.Contains(missing) : Objects.Overlaps(named);
        }
    }
}
