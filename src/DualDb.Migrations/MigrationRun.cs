namespace DualDb.Migrations;

/// <summary>What a run has done.</summary>
/// <param name="RunId">The run, as both histories name it; null where nothing was to be done.</param>
/// <param name="Applied">The migrations that were applied, in order.</param>
public sealed record MigrationRun(Guid? RunId, IReadOnlyList<MigrationId> Applied);
