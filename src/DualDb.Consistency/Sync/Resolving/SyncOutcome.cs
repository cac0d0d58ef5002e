using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.Consistency.Sync;

/// <summary>What becomes of a conflict; <see cref="SyncConflict{T}"/> makes it.</summary>
/// <typeparam name="T">The entity on the source's side.</typeparam>
public sealed record SyncOutcome<T>
    where T : class
{
    internal SyncOutcome(ConflictWinner winner, T? row) => (Winner, Row) = (winner, row);

    /// <summary>Who won.</summary>
    public ConflictWinner Winner { get; }

    /// <summary>The row that both sides are to have; null where it is to be gone.</summary>
    public T? Row { get; }
}
