namespace DualDb.Consistency.Sync;

/// <summary>
/// Decides about two changes of one row that did not know of each other, named by <c>Resolver = typeof(…)</c> beside <see cref="ConflictPolicy.Custom"/>. One instance serves all conflicts of a map, on
/// several threads at once. It decides inside a transaction that holds the row: it looks at nothing but what it is given, and gives the same answer when it is asked again.
/// </summary>
/// <typeparam name="T">The entity on the source's side.</typeparam>
public interface IConflictResolver<T>
    where T : class
{
    /// <summary>Decides.</summary>
    /// <param name="conflict">The conflict, which also makes the answer: <c>conflict.Merge(row)</c>.</param>
    SyncOutcome<T> Resolve(SyncConflict<T> conflict);
}
