namespace DualDb.Generators.Model;

/// <summary>The synchronisation of a root: its property, the maps and the registration.</summary>
/// <param name="Type">The root.</param>
/// <param name="Level">How much is generated for the root.</param>
/// <param name="Field">A name for the field behind the property that the root does not use.</param>
/// <param name="Registration">What stands between <c>Add</c> and <c>Sync</c> in the name of the registration; null where there is none.</param>
/// <param name="Maps">The maps, in the order of their names.</param>
/// <param name="References">The references that cross databases.</param>
internal sealed record RootSyncSpec(TypeSpec Type, EmissionLevel Level, string Field, string? Registration, EquatableArray<SyncMapSpec> Maps, EquatableArray<SyncReferenceSpec> References);

/// <summary>A reference to an entity of the other database, which no foreign key watches over.</summary>
/// <param name="Map">The map of the entity that refers, with <c>global::</c>.</param>
/// <param name="Member">Its member.</param>
/// <param name="Target">The map of the entity that it refers to, with <c>global::</c>.</param>
internal sealed record SyncReferenceSpec(string Map, string Member, string Target)
{
    /// <summary>Whether nobody but the application is shown the values of the member.</summary>
    public bool IsSensitive { get; init; }
}
