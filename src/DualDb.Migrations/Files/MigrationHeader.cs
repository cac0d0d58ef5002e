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
}
