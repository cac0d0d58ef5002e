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
        var (header, up, down) = MigrationText.Parse(source, text);
        HeaderRefusals.Require(id, source, header);
        return new SqlMigration
        {
            Id = id,
            Source = source,
            Requires = header.Requires,
            SaysRequires = header.SaysRequires,
            RequiresLine = header.RequiresLine,
            Conflicts = header.Conflicts,
            Phase = header.Phase,
            Timeout = header.Timeout,
            Accepts = header.Accepts,
            Batch = header.Batch,
            Up = up,
            Down = down,
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
            : throw MigrationFileException.Of(source, null, $"'{text}' names no migration; write neon/ or supabase/, and a name such as {MigrationNames.Form}");
    }
}
