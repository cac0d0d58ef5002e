namespace DualDb.Consistency.Sync.Conflicts;

/// <summary>
/// Decides by policy, on the source's side alone. Whatever is decided is told to the other side as a word of its own, so that both sides end with the source's last word, whichever policy it is.
/// </summary>
internal static class ConflictRules
{
    public static ConflictDecision Decide(SyncMap map, SyncConflict conflict)
    {
        // What goes on from a change of the target's that has been taken is no conflict with it.
        if (conflict.IsSourceFromTarget && RowMerge.AreEqual(conflict.SourceRow, conflict.TargetBefore, Names(map)))
        {
            return ConflictDecision.TakeTarget(conflict);
        }

        return map.OnConflict switch
        {
            ConflictPolicy.LastWriterWins => Later(conflict),
            ConflictPolicy.FirstWriterWins => conflict.FirstTargetVersion < conflict.FirstSourceVersion ? ConflictDecision.TakeTarget(conflict) : ConflictDecision.KeepSource(conflict),
            ConflictPolicy.DeleteWins when conflict.SourceRow is null => ConflictDecision.KeepSource(conflict),
            ConflictPolicy.DeleteWins when conflict.TargetAfter is null => ConflictDecision.TakeTarget(conflict),
            ConflictPolicy.DeleteWins => Later(conflict),
            ConflictPolicy.ColumnMerge => Merge(map, conflict, addsUp: false),
            ConflictPolicy.Delta => Merge(map, conflict, addsUp: true),
            ConflictPolicy.Manual => ConflictDecision.LeaveOpen(conflict),
            ConflictPolicy.Custom => (map.Resolver ?? throw new InvalidOperationException($"The map {map.Name} leaves conflicts to a resolver, and has none.")).Invoke(conflict),
            _ => ConflictDecision.KeepSource(conflict),
        };
    }

    private static ConflictDecision Later(SyncConflict conflict)
        => conflict.TargetVersion > conflict.SourceVersion ? ConflictDecision.TakeTarget(conflict) : ConflictDecision.KeepSource(conflict);

    // A row that one side has deleted has no columns to merge: the later word holds.
    private static ConflictDecision Merge(SyncMap map, SyncConflict conflict, bool addsUp)
        => conflict.SourceRow is null || conflict.TargetAfter is null
            ? Later(conflict)
            : ConflictDecision.Merge(RowMerge.Merge(
                Names(map),
                addsUp ? [.. map.Columns.Where(static column => column.IsCounter).Select(static column => column.Source!)] : [],
                conflict.SourceRow,
                conflict.TargetBefore,
                conflict.TargetAfter,
                conflict.TargetVersion > conflict.SourceVersion));

    private static IEnumerable<string> Names(SyncMap map) => map.Columns.Select(static column => column.Source!);
}
