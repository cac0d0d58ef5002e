using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>
/// The moves of a header, as statements before those of the file: they are counted and hashed like others. As SQL, which other tools may show, their text is a comment.
/// </summary>
internal static class MoveStatements
{
    private static readonly string[] Phases = ["expand", "backfill", "switch", "contract"];

    /// <summary>The way up.</summary>
    public static IReadOnlyList<SqlStatement> Before(MigrationHeader header, IReadOnlyList<SqlStatement> statements)
        => header.Moves.Count == 0 ? statements : [.. header.Moves.Select(move => Statement(header, move, StatementKind.Move)), .. statements];

    /// <summary>The way down, the last first; null where nothing is said of it.</summary>
    public static IReadOnlyList<SqlStatement>? Behind(MigrationHeader header, IReadOnlyList<SqlStatement>? statements)
        => statements is null || header.Moves.Count == 0 ? statements : [.. statements, .. Enumerable.Reverse(header.Moves).Select(move => Statement(header, move, StatementKind.MoveBack))];

    private static SqlStatement Statement(MigrationHeader header, (TableMove Move, int Line) moved, StatementKind kind)
        => new($"-- move: {moved.Move} ({Phases[(int)header.Phase]})", moved.Line, 1, kind) { Moved = moved.Move };
}
