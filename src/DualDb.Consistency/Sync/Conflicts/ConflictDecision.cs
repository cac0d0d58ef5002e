namespace DualDb.Consistency.Sync.Conflicts;

/// <summary>What becomes of a conflict.</summary>
public sealed record ConflictDecision
{
    private ConflictDecision(ConflictWinner winner, string? row) => (Winner, Row) = (winner, row);

    /// <summary>Who won.</summary>
    public ConflictWinner Winner { get; }

    /// <summary>The row that both sides are to have, as JSON by the source's columns; null where it is to be gone.</summary>
    public string? Row { get; }

    /// <summary>The source's row stays.</summary>
    /// <param name="conflict">The conflict.</param>
    public static ConflictDecision KeepSource(SyncConflict conflict) => new(ConflictWinner.Source, Checked(conflict).SourceRow);

    /// <summary>The target's row is taken.</summary>
    /// <param name="conflict">The conflict.</param>
    public static ConflictDecision TakeTarget(SyncConflict conflict) => new(ConflictWinner.Target, Checked(conflict).TargetAfter);

    /// <summary>Both sides get this row.</summary>
    /// <param name="row">The row as JSON by the source's columns; null to have it deleted.</param>
    public static ConflictDecision Merge(string? row) => new(ConflictWinner.Merged, row);

    /// <summary>The source's row stays until an operator has decided.</summary>
    /// <param name="conflict">The conflict.</param>
    public static ConflictDecision LeaveOpen(SyncConflict conflict) => new(ConflictWinner.Open, Checked(conflict).SourceRow);

    private static SyncConflict Checked(SyncConflict conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        return conflict;
    }
}
