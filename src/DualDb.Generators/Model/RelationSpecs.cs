namespace DualDb.Generators.Model;

/// <summary>A member that holds the key of an entity.</summary>
/// <param name="Ordinal">The column.</param>
/// <param name="Target">The other entity's name, for documentation.</param>
/// <param name="TargetFullName">The other entity with <c>global::</c>.</param>
/// <param name="TargetDatabase">Where the other entity is stored.</param>
/// <param name="ForeignKey">What the foreign key points at; null across databases, where none can exist.</param>
internal sealed record ReferenceSpec(int Ordinal, string Target, string TargetFullName, DatabaseKind TargetDatabase, ForeignKeySpec? ForeignKey);

/// <summary>The target of a foreign key, names not quoted.</summary>
internal sealed record ForeignKeySpec(string Schema, string Table, string Column);

/// <summary>Columns that are unique or indexed together.</summary>
/// <param name="Name">The name given by the user, not quoted; null for the default.</param>
/// <param name="Ordinals">The columns, in declared order.</param>
internal sealed record ColumnGroupSpec(string? Name, EquatableArray<int> Ordinals);
