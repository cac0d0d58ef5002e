namespace DualDb.Consistency.Sync.Applying;

/// <summary>What came of a page.</summary>
/// <param name="Rows">How many rows were written, by map.</param>
/// <param name="Conflicts">The conflicts that were decided, as map, policy and winner.</param>
/// <param name="Parked">How many changes were put aside.</param>
internal sealed record AppliedPage(IReadOnlyList<RowChange> Rows, IReadOnlyList<(SyncMap Map, Conflicts.ConflictWinner Winner)> Conflicts, int Parked);
