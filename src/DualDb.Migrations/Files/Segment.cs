using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>Statements that are done or not done together: those of one transaction, a single one that cannot be in any, or the moves of a switch.</summary>
/// <param name="First">The index of the first statement within the migration.</param>
/// <param name="Statements">The statements, in order.</param>
internal sealed record Segment(int First, IReadOnlyList<SqlStatement> Statements)
{
    /// <summary>How many statements are done behind it.</summary>
    public int Next => First + Statements.Count;

    /// <summary>Whether it is a transaction.</summary>
    public bool IsTransactional => Statements[0].IsTransactional;

    /// <summary>Divides statements: as few transactions as the statements that stand alone leave, or one for each.</summary>
    public static IReadOnlyList<Segment> Divide(IReadOnlyList<SqlStatement> statements, bool isolated)
    {
        var segments = new List<Segment>();
        var first = 0;
        for (var i = 1; i <= statements.Count; i++)
        {
            if (i == statements.Count || isolated || !AreTogether(statements[i - 1], statements[i]))
            {
                segments.Add(new Segment(first, [.. statements.Skip(first).Take(i - first)]));
                first = i;
            }
        }

        return segments;
    }

    private static bool AreTogether(SqlStatement before, SqlStatement statement) => statement.JoinsBefore || (statement.IsTransactional && before.IsTransactional);
}
