namespace DualDb.Generators.Model;

/// <summary>What is synchronised with what.</summary>
/// <param name="Declaration">The type that says so, with <c>global::</c>.</param>
/// <param name="IsAnnounced">Whether it is told to projects that reference this one: it is declared here, and they can see it.</param>
/// <param name="Name">The name under which conflicts are kept.</param>
/// <param name="IsTwoWay">Whether changes go both ways.</param>
/// <param name="Policy">The member of <c>ConflictPolicy</c>.</param>
/// <param name="Filter">A condition over the source's columns; null for all rows.</param>
/// <param name="Source">The table whose rows are copied.</param>
/// <param name="Target">The table that they are copied to.</param>
/// <param name="Columns">The columns, those of the key first and in its order.</param>
/// <param name="Copy">The table that has to be created for the copy; null where an entity stands for it.</param>
/// <param name="Resolver">Decides conflicts; null where a policy does.</param>
/// <param name="Reads">Which of the two entities can be read on the other side as well: those of which every column is there.</param>
internal sealed record SyncMapSpec(
    string Declaration,
    bool IsAnnounced,
    string Name,
    bool IsTwoWay,
    string Policy,
    string? Filter,
    SyncTableSpec Source,
    SyncTableSpec Target,
    EquatableArray<SyncColumnSpec> Columns,
    SyncCopySpec? Copy,
    SyncResolverSpec? Resolver,
    EquatableArray<SyncReadSpec> Reads);

/// <summary>A table that is synchronised.</summary>
/// <param name="Database">Where it is.</param>
/// <param name="Schema">Its schema, not quoted.</param>
/// <param name="Table">Its name, not quoted.</param>
/// <param name="Entity">The entity with <c>global::</c>; null where none stands for it.</param>
internal sealed record SyncTableSpec(DatabaseKind Database, string Schema, string Table, string? Entity);

/// <summary>A column that is synchronised.</summary>
/// <param name="Source">The source's column; null where an expression makes the value.</param>
/// <param name="Target">The target's column.</param>
/// <param name="Sql">The expression; null where the column is copied.</param>
/// <param name="IsKey">Whether it is part of the key.</param>
/// <param name="IsCounter">Whether its changes add up.</param>
/// <param name="IsVersion">Whether it counts the writes of a row.</param>
/// <param name="IsSensitive">Whether nobody but the application is shown its values.</param>
internal sealed record SyncColumnSpec(string? Source, string Target, string? Sql, bool IsKey, bool IsCounter, bool IsVersion, bool IsSensitive);

/// <summary>A table that is like that of an entity.</summary>
/// <param name="Columns">The columns of the entity.</param>
/// <param name="Key">The ordinals of the key's columns, in its order.</param>
internal sealed record SyncCopySpec(EquatableArray<ColumnSpec> Columns, EquatableArray<int> Key);

/// <summary>A class that decides conflicts.</summary>
/// <param name="Type">The class with <c>global::</c>.</param>
/// <param name="Entity">The entity that it is given, with <c>global::</c>.</param>
/// <param name="Map">The map of that with <c>global::</c>.</param>
/// <param name="Key">The columns of its key.</param>
internal sealed record SyncResolverSpec(string Type, string Entity, string Map, EquatableArray<ColumnSpec> Key);
