using DualDb.Mapping;

namespace DualDb;

/// <summary>No row has the key that was asked for (or it is marked deleted).</summary>
public sealed class EntityNotFoundException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="key">The key.</param>
    public EntityNotFoundException(EntityInfo entity, object key)
        : base($"{entity.Database} has no {entity.Name} with key {key} in {entity.Schema}.{entity.Table}. Use FindAsync where a missing row is expected.")
    {
        Database = entity.Database;
        Entity = entity.Name;
        Key = key;
    }

    /// <summary>The key that was asked for.</summary>
    public object Key { get; }
}
