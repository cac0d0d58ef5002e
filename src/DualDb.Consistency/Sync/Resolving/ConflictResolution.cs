using System.ComponentModel;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Resolving;
using DualDb.Mapping;

namespace DualDb.Consistency.Sync;

/// <summary>What generated code calls for a typed resolver.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConflictResolution
{
    /// <summary>A typed resolver as the synchronisation calls it.</summary>
    /// <typeparam name="TEntity">The entity on the source's side.</typeparam>
    /// <typeparam name="TKey">Its key.</typeparam>
    /// <typeparam name="TMap">Its map.</typeparam>
    /// <param name="resolver">The resolver.</param>
    public static Func<SyncConflict, ConflictDecision> Of<TEntity, TKey, TMap>(IConflictResolver<TEntity> resolver)
        where TEntity : class
        where TKey : notnull
        where TMap : struct, IEntityMap<TEntity, TKey>
    {
        ArgumentNullException.ThrowIfNull(resolver);
        var rows = new EntityRows<TEntity, TKey, TMap>();
        return conflict =>
        {
            var outcome = resolver.Resolve(new SyncConflict<TEntity>(
                conflict.Map,
                conflict.Key,
                rows.Read(conflict.SourceRow),
                rows.Read(conflict.TargetBefore),
                rows.Read(conflict.TargetAfter),
                conflict.SourceVersion,
                conflict.TargetVersion));

            // A row that was only chosen stays as it was written: .NET need not hold all that PostgreSQL does.
            return outcome.Winner switch
            {
                ConflictWinner.Source => ConflictDecision.KeepSource(conflict),
                ConflictWinner.Target => ConflictDecision.TakeTarget(conflict),
                ConflictWinner.Open => ConflictDecision.LeaveOpen(conflict),
                _ => ConflictDecision.Merge(outcome.Row is { } row ? rows.Write(row, conflict.SourceRow ?? conflict.TargetAfter) : null),
            };
        };
    }
}
