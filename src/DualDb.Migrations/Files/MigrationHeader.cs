namespace DualDb.Migrations.Files;

/// <summary>What the comments at the top of a file say.</summary>
internal sealed class MigrationHeader
{
    /// <summary>The migrations that must have been applied before.</summary>
    public List<MigrationId> Requires { get; } = [];

    /// <summary>Whether anything was said of that; also <c>none</c>.</summary>
    public bool SaysRequires { get; set; }

    /// <summary>The first line that says so, from 1; null for none.</summary>
    public int? RequiresLine { get; set; }

    /// <summary>The migrations that must not have been applied.</summary>
    public List<MigrationId> Conflicts { get; } = [];

    /// <summary>The rules of the lint that the file does not mind.</summary>
    public List<string> Accepts { get; } = [];

    /// <summary>The phase.</summary>
    public MigrationPhase Phase { get; set; }

    /// <summary>Whether each statement stands alone.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>How long a statement may take; null where nothing is said.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How many rows a transaction changes of a statement that is divided; null where nothing is said.</summary>
    public int? Batch { get; set; }

    /// <summary>The line that says so, from 1.</summary>
    public int? BatchLine { get; set; }

    /// <summary>The tables that change the database, each with its line.</summary>
    public List<(TableMove Move, int Line)> Moves { get; } = [];
}
