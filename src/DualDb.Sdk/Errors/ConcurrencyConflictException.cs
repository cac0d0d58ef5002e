using DualDb.Mapping;

namespace DualDb;

/// <summary>The row was changed by somebody else since it was read. Nothing was written.</summary>
public sealed class ConcurrencyConflictException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="key">The key of the row.</param>
    /// <param name="expectedVersion">The version the caller had read.</param>
    /// <param name="actualVersion">The version the database holds now.</param>
    public ConcurrencyConflictException(EntityInfo entity, object key, long expectedVersion, long actualVersion)
        : base(
            $"{entity.Name} {key} in {entity.Database} is at version {actualVersion}, but version {expectedVersion} was expected: "
            + "it was changed meanwhile, and nothing was written. Read it again, apply the change to what you find, and retry.")
    {
        Database = entity.Database;
        Entity = entity.Name;
        Key = key;
        ExpectedVersion = expectedVersion;
        ActualVersion = actualVersion;
    }

    /// <summary>The key of the row.</summary>
    public object Key { get; }

    /// <summary>The version the caller had read.</summary>
    public long ExpectedVersion { get; }

    /// <summary>The version the database holds now.</summary>
    public long ActualVersion { get; }
}
