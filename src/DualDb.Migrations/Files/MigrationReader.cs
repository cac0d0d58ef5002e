using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Files;

/// <summary>Reads one migration.</summary>
internal static class MigrationReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="id">Which migration it is.</param>
    /// <param name="source">Where it was found, for messages.</param>
    /// <param name="text">Its text, as it was found.</param>
    /// <exception cref="MigrationFileException">It cannot be read.</exception>
    public static SqlMigration Read(MigrationId id, string source, string text)
    {
        // A mark of the byte order and the line ends of the machine that checked the file out are nobody's change.
        var clean = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var header = HeaderParser.Parse(source, clean);
        var (up, down) = Split(source, clean, header.IsIsolated);
        if (up.Count == 0)
        {
            throw MigrationFileException.Of(source, null, "it holds no statement; write some, or delete the file");
        }

        var segments = Segment.Divide(up, header.IsIsolated);
        RefuseLostSettings(source, segments);
        return new SqlMigration
        {
            Id = id,
            Source = source,
            Requires = header.Requires,
            SaysRequires = header.SaysRequires,
            Conflicts = header.Conflicts,
            Phase = header.Phase,
            Timeout = header.Timeout,
            Accepts = header.Accepts,
            Up = segments,
            Down = down is null ? null : Segment.Divide(down, header.IsIsolated),
        };
    }

    /// <summary>Makes a migration of code one like the others.</summary>
    /// <exception cref="MigrationFileException">Its id, or one that it requires, is none.</exception>
    public static CodeMigration Read(IDataMigration code)
    {
        var source = code.GetType().Name;
        return new CodeMigration
        {
            Id = Id(code.Id),
            Source = source,
            Requires = [.. (code.Requires ?? []).Select(Id)],
            SaysRequires = code.Requires is not null,
            Phase = code.Phase,
            Code = code,
        };

        MigrationId Id(string text) => MigrationId.TryParse(text, out var id)
            ? id
            : throw MigrationFileException.Of(source, null, $"'{text}' names no migration; write neon/ or supabase/, and a name such as {MigrationId.NameForm}");
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

    private static bool IsSetting(string text) => text.StartsWith("set ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("reset ", StringComparison.OrdinalIgnoreCase);
}
