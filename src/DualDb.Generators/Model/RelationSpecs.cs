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
/// <param name="Where">The condition of an index that holds some rows only; null for all.</param>
/// <param name="Method">The access method of an index; null for the default.</param>
internal sealed record ColumnGroupSpec(string? Name, EquatableArray<int> Ordinals, string? Where = null, string? Method = null);

/// <summary>A condition that each row fulfils.</summary>
/// <param name="Name">The name given by the user, not quoted; null for the default.</param>
/// <param name="Ordinal">The column that it stands on; null where it stands on the entity.</param>
/// <param name="Sql">The condition.</param>
internal sealed record CheckSpec(string? Name, int? Ordinal, string Sql);
