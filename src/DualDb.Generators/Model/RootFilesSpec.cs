namespace DualDb.Generators.Model;

/// <summary>The files of one root.</summary>
/// <param name="Root">The root.</param>
/// <param name="Sets">Its repositories, in the order of their names.</param>
/// <param name="IsRegistered">Whether it gets an <c>Add…</c> method; false for a second root of the same name, whose method would clash.</param>
internal sealed record RootFilesSpec(RootSpec Root, EquatableArray<SetSpec> Sets, bool IsRegistered);

/// <summary>The sets of a project.</summary>
/// <param name="Own">Of its own entities.</param>
/// <param name="Referenced">Of the entities in the projects it references.</param>
internal sealed record SetsSpec(EquatableArray<SetSpec> Own, EquatableArray<SetSpec> Referenced);
