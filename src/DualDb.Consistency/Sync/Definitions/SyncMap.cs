using System.ComponentModel;
using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.Consistency.Sync;

/// <summary>What is synchronised with what, as generated code says it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SyncMap
{
    /// <summary>The name under which conflicts and parked rows are kept.</summary>
    public required string Name { get; init; }

    /// <summary>The table whose rows are copied; of a two-way map, the side on which conflicts are decided.</summary>
    public required SyncTable Source { get; init; }

    /// <summary>The table that they are copied to.</summary>
    public required SyncTable Target { get; init; }

    /// <summary>The columns, those of the key first and in its order.</summary>
    public required IReadOnlyList<SyncColumn> Columns { get; init; }

    /// <summary>Which way changes go.</summary>
    public SyncDirection Direction { get; init; }

    /// <summary>What becomes of conflicts.</summary>
    public ConflictPolicy OnConflict { get; init; }

    /// <summary>A condition over the source's columns in SQL; rows that it does not hold for are not in the target. Null for all rows.</summary>
    public string? Filter { get; init; }

    /// <summary>Decides with <see cref="ConflictPolicy.Custom"/>; null otherwise.</summary>
    public Func<SyncConflict, ConflictDecision>? Resolver { get; init; }

    /// <summary>A number that stands for what is copied, and how. A node whose maps are other ones than those installed leaves changes to the nodes that have them.</summary>
    public int SchemaVersion => TableShape.Of([this]).Version;

    /// <summary>One statement that creates the target's table where it is missing; null where an entity stands for it.</summary>
    public string? CreateTarget { get; init; }

    /// <summary>Whether rows have to be computed by the source's database before they are sent.</summary>
    internal bool IsComputed => Filter is not null || Columns.Any(static column => column.Sql is not null);
}
