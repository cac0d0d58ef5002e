namespace DualDb.Migrations;

/// <summary>A table that was altered, and whose changes are captured: for the other database, for caches, or for both.</summary>
/// <param name="Migration">What has altered it.</param>
/// <param name="Table">The table as it is called now, with its schema.</param>
/// <param name="IsSynchronized">Whether its rows are carried to the other database: compare both sides, as with <c>db.Sync.VerifyAsync()</c> or <c>dualdb sync verify</c>.</param>
/// <param name="IsDropped">Whether it is gone, and what was installed for it is to be forgotten.</param>
public sealed record ChangedTable(MigrationId Migration, string Table, bool IsSynchronized, bool IsDropped);
