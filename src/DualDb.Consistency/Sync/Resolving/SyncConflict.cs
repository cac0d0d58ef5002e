using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.Consistency.Sync;

/// <summary>Two changes of one row that did not know of each other.</summary>
/// <typeparam name="T">The entity on the source's side; rows of the target are shown as such too.</typeparam>
/// <param name="Map">The map.</param>
/// <param name="Key">The row's key as text.</param>
/// <param name="Source">The row as the source has it; null where it is gone.</param>
/// <param name="TargetBefore">The row that the target's writer found; null where there was none.</param>
/// <param name="TargetAfter">The row that the target's writer left; null where it was deleted.</param>
/// <param name="SourceVersion">The version of the source's row: its writer's clock.</param>
/// <param name="TargetVersion">The version of the target's row. The greater one is the later.</param>
public sealed record SyncConflict<T>(string Map, string Key, T? Source, T? TargetBefore, T? TargetAfter, long SourceVersion, long TargetVersion)
    where T : class
{
    /// <summary>The source's row stays.</summary>
    public SyncOutcome<T> KeepSource() => new(ConflictWinner.Source, Source);

    /// <summary>The target's row is taken.</summary>
    public SyncOutcome<T> TakeTarget() => new(ConflictWinner.Target, TargetAfter);

    /// <summary>Both sides get this row.</summary>
    /// <param name="row">The row, of the same key.</param>
    public SyncOutcome<T> Merge(T row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new SyncOutcome<T>(ConflictWinner.Merged, row);
    }

    /// <summary>The row is deleted on both sides.</summary>
    public SyncOutcome<T> Delete() => new(ConflictWinner.Merged, row: null);

    /// <summary>The source's row stays until an operator has decided.</summary>
    public SyncOutcome<T> LeaveOpen() => new(ConflictWinner.Open, Source);
}
