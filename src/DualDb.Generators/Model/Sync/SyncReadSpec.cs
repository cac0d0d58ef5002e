namespace DualDb.Generators.Model;

/// <summary>An entity that can also be read from its copy.</summary>
/// <param name="Type">The entity.</param>
/// <param name="Copy">The table on the other side.</param>
/// <param name="Columns">The entity's columns in its order, under the names of the copy.</param>
/// <param name="Key">The ordinals of the key's columns, in its order.</param>
internal sealed record SyncReadSpec(TypeSpec Type, SyncTableSpec Copy, EquatableArray<ColumnSpec> Columns, EquatableArray<int> Key);

/// <summary>What is generated for such an entity.</summary>
/// <param name="Set">Its set.</param>
/// <param name="Read">How it is read.</param>
internal sealed record SyncReadsSpec(SetSpec Set, SyncReadSpec Read);
