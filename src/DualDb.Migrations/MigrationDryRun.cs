namespace DualDb.Migrations;

/// <summary>What a dry run has tried.</summary>
/// <param name="Tried">The migrations of which statements were run, and rolled back.</param>
/// <param name="NotRun">Statements that were passed over, since they cannot run in a transaction, or not in one with others; and migrations of code.</param>
public sealed record MigrationDryRun(IReadOnlyList<MigrationId> Tried, IReadOnlyList<SkippedStatement> NotRun);

/// <summary>A statement that a dry run passed over.</summary>
/// <param name="Id">Its migration.</param>
/// <param name="Statement">Which it is there, from 1; null for a migration of code.</param>
public sealed record SkippedStatement(MigrationId Id, int? Statement);
