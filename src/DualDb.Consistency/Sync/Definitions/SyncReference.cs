using System.ComponentModel;
using DualDb.Mapping;

namespace DualDb.Consistency.Sync;

/// <summary>A reference to an entity of the other database, as generated code names it.</summary>
/// <param name="Source">The entity that refers.</param>
/// <param name="Member">Its member.</param>
/// <param name="Target">The entity that it refers to.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SyncReference(EntityInfo Source, string Member, EntityInfo Target)
{
    /// <summary>Whether nobody but the application is shown the values of the member.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Its name in reports: <c>Order.UserId -> Profile</c>.</summary>
    internal string Name => $"{Source.Name}.{Member} -> {Target.Name}";

    internal ColumnInfo Column => Source.Columns.First(column => string.Equals(column.Member, Member, StringComparison.Ordinal));

    internal ColumnInfo Key => Target.Columns.First(column => string.Equals(column.Name, Target.Key[0], StringComparison.Ordinal));
}
