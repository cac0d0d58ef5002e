namespace DualDb.Migrations.Files;

/// <summary>What a header cannot say together.</summary>
internal static class HeaderRefusals
{
    /// <exception cref="MigrationFileException">Two lines contradict each other.</exception>
    public static void Require(string source, MigrationHeader header)
    {
        if (header.Moves.Count == 0)
        {
            return;
        }

        var line = header.Moves[0].Line;
        if (header.IsIsolated)
        {
            throw MigrationFileException.Of(source, line, "'move' brings rows in transactions of its own, and 'transaction: none' has none; remove that line, and put statements that stand alone into a file of their own");
        }

        if (header.Phase == MigrationPhase.Expand)
        {
            throw MigrationFileException.Of(
                source, line, "'move' is a matter of the phases backfill (rows are copied), switch (the old table takes no more writes) and contract (in the old database: it may be dropped); write one of them as 'phase'");
        }
    }

    /// <exception cref="MigrationFileException">The header asks for what a file that is run again cannot do.</exception>
    public static void Require(MigrationId id, string source, MigrationHeader header)
    {
        if (id.IsRepeatable && header.Moves.Count > 0)
        {
            throw MigrationFileException.Of(source, header.Moves[0].Line, "a table is moved once, and this file is run again whenever it has changed; give it a name that begins with a time");
        }
    }
}
