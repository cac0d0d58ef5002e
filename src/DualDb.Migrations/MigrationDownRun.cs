namespace DualDb.Migrations;

/// <summary>What a way down has done.</summary>
/// <param name="Undone">The migrations that were undone, in the order in which that happened.</param>
public sealed record MigrationDownRun(IReadOnlyList<MigrationId> Undone)
{
    /// <summary>The files of rows all of whose tables went with what was undone. They are run again where that is asked for: see <see cref="MigrationOptions.Seeds"/>.</summary>
    public IReadOnlyList<MigrationId> GoneSeeds { get; init; } = [];

    /// <summary>The files of rows of which some tables went with what was undone, and others are there. They are not run again, which would double the rows in those: write what is missing into a file of another name.</summary>
    public IReadOnlyList<MigrationId> PartlyGoneSeeds { get; init; } = [];

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; init; } = [];
}
