using DualDb.ChangeLog;
using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>A cached entity whose changes outside of the SDK are watched for.</summary>
internal interface IWatchedTable
{
    EntityInfo Entity { get; }

    /// <summary>The columns of the key, as PostgreSQL spells them.</summary>
    IReadOnlyList<string> KeyColumns { get; }

    /// <summary>Adds what a change touches.</summary>
    void Add(Invalidation invalidation, LoggedChange change);

    /// <summary>Adds every entry.</summary>
    void AddAll(Invalidation invalidation);
}
