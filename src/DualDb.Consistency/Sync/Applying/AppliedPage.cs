namespace DualDb.Consistency.Sync.Applying;

/// <summary>What came of a page.</summary>
/// <param name="Rows">How many rows were written, by map.</param>
/// <param name="Conflicts">The conflicts that were decided, as map, policy and winner.</param>
/// <param name="Parked">How many changes were put aside.</param>
internal sealed record AppliedPage(IReadOnlyList<RowChange> Rows, IReadOnlyList<(SyncMap Map, Conflicts.ConflictWinner Winner)> Conflicts, int Parked)
{
    /// <summary>When it was applied, by the target's clock: this node's may be wrong by minutes, and changes are stamped by the source's.</summary>
    public DateTimeOffset AppliedAt { get; init; }
}
