namespace DualDb.Generators.Model;

/// <summary>The sagas of a root: its property, the class behind it and the registration.</summary>
/// <param name="Type">The root.</param>
/// <param name="Field">A name for the field behind the property that the root does not use.</param>
/// <param name="Registration">What stands between <c>Add</c> and <c>Sagas</c> in the name of the registration; null where there is none.</param>
/// <param name="Sagas">The sagas, in the order of their properties.</param>
internal sealed record RootSagasSpec(TypeSpec Type, string Field, string? Registration, EquatableArray<SagaEntrySpec> Sagas);
