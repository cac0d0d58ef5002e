namespace DualDb.Migrations;

/// <summary>What was taken over of another tool's history.</summary>
/// <param name="Recorded">The migrations that are recorded as applied from now on, in order; or would be, in a dry run.</param>
/// <param name="AppliedBefore">Those that the history of this library had already.</param>
/// <param name="NotFound">What the other tool has applied and no file at hand stands for.</param>
public sealed record MigrationImport(IReadOnlyList<MigrationId> Recorded, IReadOnlyList<MigrationId> AppliedBefore, IReadOnlyList<ForeignMigration> NotFound);

/// <summary>A migration as another tool recorded it.</summary>
/// <param name="Database">Where.</param>
/// <param name="Version">Its version there.</param>
/// <param name="Name">What it is called; empty where it is not.</param>
public sealed record ForeignMigration(Database Database, string Version, string Name)
{
    /// <summary>Database, version and name.</summary>
    public override string ToString() => $"{MigrationId.FolderOf(Database)}: {Version}{(Name.Length > 0 ? " " : "")}{Name}";
}
