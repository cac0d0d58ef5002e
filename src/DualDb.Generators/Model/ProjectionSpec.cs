namespace DualDb.Generators.Model;

/// <summary>One projection: all that its generated file depends on.</summary>
/// <param name="Type">The type.</param>
/// <param name="Entity">The entity with <c>global::</c>.</param>
/// <param name="Map">The entity's map with <c>global::</c>.</param>
/// <param name="Columns">The entity's members that are selected, in order.</param>
/// <param name="Construction">How an instance is made; ordinals are places among the columns.</param>
/// <param name="Members">The names of the members that the initializer sets, in the order of <see cref="ConstructionSpec.Initialized"/>.</param>
internal sealed record ProjectionSpec(
    TypeSpec Type, string Entity, string Map, EquatableArray<string> Columns, ConstructionSpec Construction, EquatableArray<string> Members);
