namespace DualDb.Migrations;

/// <summary>What was taken over of another tool's history.</summary>
/// <param name="Recorded">The migrations that are recorded as applied from now on, in order; or would be, in a dry run.</param>
/// <param name="AppliedBefore">Those that the history of this library had already.</param>
/// <param name="NotFound">What the other tool has applied and no file at hand stands for.</param>
public sealed record MigrationImport(IReadOnlyList<MigrationId> Recorded, IReadOnlyList<MigrationId> AppliedBefore, IReadOnlyList<ForeignMigration> NotFound)
{
    /// <summary>What somebody had changed without a migration since the last run: it is told once, and belongs to the schema from then on. Nothing is refused for it; a dry run does not look.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; init; } = [];
}

/// <summary>A migration as another tool recorded it.</summary>
/// <param name="Database">Where.</param>
/// <param name="Version">Its version there.</param>
/// <param name="Name">What it is called; empty where it is not.</param>
public sealed record ForeignMigration(Database Database, string Version, string Name)
{
    /// <summary>Database, version and name.</summary>
    public override string ToString() => $"{MigrationId.FolderOf(Database)}: {Version}{(Name.Length > 0 ? " " : "")}{Name}";
}
