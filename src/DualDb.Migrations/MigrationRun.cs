namespace DualDb.Migrations;

/// <summary>What a run has done.</summary>
/// <param name="RunId">The run, as both histories name it; null where nothing was to be done.</param>
/// <param name="Applied">The migrations that were applied, in order.</param>
public sealed record MigrationRun(Guid? RunId, IReadOnlyList<MigrationId> Applied)
{
    /// <summary>The files of rows that were run behind them, where <see cref="MigrationOptions.Seeds"/> asks for them.</summary>
    public IReadOnlyList<MigrationId> Seeds { get; init; } = [];

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; init; } = [];

    /// <summary>Tables that were altered and whose changes are captured. Those that are synchronised are to be compared with the other side.</summary>
    public IReadOnlyList<ChangedTable> ChangedTables { get; init; } = [];
}
