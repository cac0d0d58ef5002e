namespace DualDb.Migrations;

/// <summary>What a way down has done.</summary>
/// <param name="Undone">The migrations that were undone, in the order in which that happened.</param>
public sealed record MigrationDownRun(IReadOnlyList<MigrationId> Undone)
{
    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; init; } = [];
}
