using DualDb.Mapping;

namespace DualDb;

/// <summary>No row has the key that was asked for (or it is marked deleted).</summary>
public sealed class EntityNotFoundException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="key">The key.</param>
    /// <param name="mayBeMarked">Whether deletion is a mark, so that the row may be there all the same.</param>
    public EntityNotFoundException(EntityInfo entity, object key, bool mayBeMarked = false)
        : base(
            $"{entity.Database} has no {(mayBeMarked ? "live " : "")}{entity.Name} with key {key} in {entity.Schema}.{entity.Table}. "
            + (mayBeMarked ? "Where it was marked deleted, RestoreAsync takes the mark off. " : "")
            + "Use FindAsync where a missing row is expected.")
    {
        Database = entity.Database;
        Entity = entity.Name;
        Key = key;
    }

    /// <summary>The key that was asked for.</summary>
    public object Key { get; }
}
