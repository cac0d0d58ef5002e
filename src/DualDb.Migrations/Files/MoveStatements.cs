using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>
/// The moves of a header, as statements before those of the file: they are counted and hashed like others. As SQL, which other tools may show, their text is a comment. Those of a switch are done together: tables that refer to one another, or are
/// written in one transaction, change the database at one moment.
/// </summary>
internal static class MoveStatements
{
    private static readonly string[] Phases = ["expand", "backfill", "switch", "contract"];

    /// <summary>The way up.</summary>
    public static IReadOnlyList<SqlStatement> Before(MigrationHeader header, IReadOnlyList<SqlStatement> statements)
        => header.Moves.Count == 0 ? statements : [.. Statements(header, header.Moves, StatementKind.Move), .. statements];

    /// <summary>The way down, the last first; null where nothing is said of it.</summary>
    public static IReadOnlyList<SqlStatement>? Behind(MigrationHeader header, IReadOnlyList<SqlStatement>? statements)
        => statements is null || header.Moves.Count == 0 ? statements : [.. statements, .. Statements(header, Enumerable.Reverse(header.Moves), StatementKind.MoveBack)];

    private static IEnumerable<SqlStatement> Statements(MigrationHeader header, IEnumerable<(TableMove Move, int Line)> moves, StatementKind kind)
        => moves.Select((moved, place) => new SqlStatement($"-- move: {moved.Move} ({Phases[(int)header.Phase]})", moved.Line, 1, kind) { Moved = moved.Move, JoinsBefore = place > 0 && header.Phase == MigrationPhase.Switch });
}
