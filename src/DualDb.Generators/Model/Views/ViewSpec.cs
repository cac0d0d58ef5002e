namespace DualDb.Generators.Model;

/// <summary>One unified view: all that its generated file depends on.</summary>
/// <param name="Level">How much is generated.</param>
/// <param name="Type">The view.</param>
/// <param name="Set">The name of the reader property on a root.</param>
/// <param name="Members">The entities that are read, each behind the one that it depends on; the root is the first. Empty only in a skeleton.</param>
/// <param name="Shape">How their rows become a view; null only in a skeleton.</param>
/// <param name="Cache">How views are cached; null where they are not.</param>
internal sealed record ViewSpec(EmissionLevel Level, TypeSpec Type, string Set, EquatableArray<ViewRowsSpec> Members, ViewShapeSpec? Shape, CacheSpec? Cache);
