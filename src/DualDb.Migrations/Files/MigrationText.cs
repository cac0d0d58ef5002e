using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>Reads the text of a file. The analyzers are compiled from the same source, so that a build and a run refuse the same.</summary>
internal static class MigrationText
{
    /// <summary>Reads header and statements.</summary>
    /// <param name="source">Where the text was found, for messages.</param>
    /// <param name="text">The text, as it was found.</param>
    /// <returns>The header, the way up, and the way down: null where nothing is said of it, empty where nothing is to be done.</returns>
    /// <exception cref="MigrationFileException">It cannot be read.</exception>
    public static (MigrationHeader Header, IReadOnlyList<Segment> Up, IReadOnlyList<Segment>? Down) Parse(string source, string text)
    {
        // A mark of the byte order and the line ends of the machine that checked the file out are nobody's change.
        var clean = LineEnds.Unify(text.TrimStart('\uFEFF'));
        var header = HeaderParser.Parse(source, clean);
        HeaderRefusals.Require(source, header);
        var (written, back) = Split(source, clean, header.IsIsolated);
        var up = MoveStatements.Before(header, Divide(source, header, written));
        var down = MoveStatements.Behind(header, back);
        if (up.Count == 0)
        {
            throw MigrationFileException.Of(source, null, "it holds no statement; write some, or delete the file");
        }

        var segments = Segment.Divide(up, header.IsIsolated);
        RefuseLostSettings(source, segments);
        return (header, segments, down is null ? null : Segment.Divide(down, header.IsIsolated));
    }

    private static IReadOnlyList<SqlStatement> Divide(string source, MigrationHeader header, IReadOnlyList<SqlStatement> statements)
    {
        if (header.Batch is null)
        {
            return statements;
        }

        var divided = statements.Select(statement =>
        {
            var update = DividedUpdate.Read(statement.Text, out var reason);
            return reason is not null ? throw MigrationFileException.Of(source, statement.Line, $"'batch' divides the updates of the file, and {reason}")
                : update is null ? statement
                : statement with { Kind = StatementKind.Batched, Update = update };
        }).ToList();
        return header.Moves.Count > 0 || divided.Exists(static statement => statement.Kind == StatementKind.Batched)
            ? divided
            : throw MigrationFileException.Of(source, header.BatchLine, "'batch' divides updates, and the file has none, nor a 'move'; remove the line");
    }

    private static (IReadOnlyList<SqlStatement> Up, IReadOnlyList<SqlStatement>? Down) Split(string source, string text, bool isolated)
    {
        try
        {
            return StatementSplitter.Split(text, isolated);
        }
        catch (SqlScanException fault)
        {
            throw MigrationFileException.Of(source, new LinePositions(text).Of(fault.Position).Line, fault.Message);
        }
    }

    /// <summary>What a session is told lasts as long as it does, and a run that goes on behind a crash has another.</summary>
    private static void RefuseLostSettings(string source, IReadOnlyList<Segment> segments)
    {
        var setting = segments.Count < 2 ? null : segments.SelectMany(static segment => segment.Statements).FirstOrDefault(static statement => IsSetting(statement.Text));
        if (setting is not null)
        {
            throw MigrationFileException.Of(
                source, setting.Line, "SET lasts no longer than the statements of its own transaction, and this file runs in several; name schemas in the statements, or move what needs the setting into a file of its own");
        }
    }

    private static bool IsSetting(string text) => Begins(text, "set") || Begins(text, "reset");

    private static bool Begins(string text, string word) => text.Length > word.Length && text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(text[word.Length]);
}
