namespace DualDb.Generators.Model;

/// <summary>The files of one root.</summary>
/// <param name="Root">The root.</param>
/// <param name="Sets">Its repositories, in the order of their names.</param>
/// <param name="Registration">What follows <c>Add</c> in the name of its registration; null for a second root of the same name, whose method would clash.</param>
internal sealed record RootFilesSpec(RootSpec Root, EquatableArray<SetSpec> Sets, string? Registration);

/// <summary>The sets of a project.</summary>
/// <param name="Own">Of its own entities.</param>
/// <param name="References">What the projects it references bring.</param>
internal sealed record SetsSpec(EquatableArray<SetSpec> Own, ReferencesSpec References);

/// <summary>What referenced projects bring.</summary>
/// <param name="Sets">The sets of their entities.</param>
/// <param name="Events">Their events.</param>
/// <param name="Maps">What they synchronise.</param>
/// <param name="Schemas">The schemas of their roots, as data.</param>
/// <param name="HaveDefaultRoot">Whether one of them has a default root, whose registration is called <c>AddDualDatabase</c>.</param>
internal sealed record ReferencesSpec(EquatableArray<SetSpec> Sets, EquatableArray<EventEntrySpec> Events, EquatableArray<SyncMapSpec> Maps, EquatableArray<string> Schemas, bool HaveDefaultRoot);
