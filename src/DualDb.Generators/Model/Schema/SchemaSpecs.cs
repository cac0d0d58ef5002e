namespace DualDb.Generators.Model;

/// <summary>A table as data: all that the schema of a root depends on.</summary>
/// <param name="Entity">The entity with <c>global::</c>; null for a copy.</param>
/// <param name="Table">The table.</param>
/// <param name="Enums">The enum types that it needs.</param>
internal sealed record SchemaTableSpec(string? Entity, SchemaPartSpec Table, EquatableArray<SchemaPartSpec> Enums);

/// <summary>A part of a schema as data.</summary>
/// <param name="Key">Its place in the order, and what makes it one of its kind.</param>
/// <param name="Json">The part, as JSON.</param>
internal sealed record SchemaPartSpec(string Key, string Json);

/// <summary>The schema of a root as data.</summary>
/// <param name="Type">The root.</param>
/// <param name="Tables">The tables, in order.</param>
/// <param name="Enums">The enum types, in order.</param>
/// <param name="Maps">What is synchronised, in order.</param>
/// <param name="Includes">The schemas of referenced projects.</param>
internal sealed record RootSchemaSpec(
    TypeSpec Type, EquatableArray<SchemaPartSpec> Tables, EquatableArray<SchemaPartSpec> Enums, EquatableArray<SchemaPartSpec> Maps, EquatableArray<string> Includes);
