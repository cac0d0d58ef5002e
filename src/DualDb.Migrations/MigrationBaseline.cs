namespace DualDb.Migrations;

/// <summary>What was taken for applied.</summary>
/// <param name="Recorded">The migrations that were recorded, in order; nothing where all had been applied.</param>
public sealed record MigrationBaseline(IReadOnlyList<MigrationId> Recorded)
{
    /// <summary>What somebody had changed without a migration since the last run: it is told once, and belongs to the schema from then on. Nothing is refused for it.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; init; } = [];
}
