namespace DualDb.Generators.Model;

/// <summary>The events of a root: its property, the registry and the registration.</summary>
/// <param name="Type">The root.</param>
/// <param name="Level">How much is generated for the root.</param>
/// <param name="Field">A name for the field behind the property that the root does not use.</param>
/// <param name="Registration">What stands between <c>Add</c> and <c>Events</c> in the name of the registration; null where there is none.</param>
/// <param name="Events">The events, in the order of their types.</param>
/// <param name="Handlers">Their handlers, in the order of their types.</param>
internal sealed record RootEventsSpec(
    TypeSpec Type, EmissionLevel Level, string Field, string? Registration, EquatableArray<EventEntrySpec> Events, EquatableArray<HandlerSpec> Handlers);

/// <summary>The events and handlers of a project.</summary>
/// <param name="Events">The events that this project declares, and those of others that it handles.</param>
/// <param name="Handlers">The handlers of this project.</param>
internal sealed record ProjectEventsSpec(EquatableArray<EventEntrySpec> Events, EquatableArray<HandlerSpec> Handlers)
{
    /// <summary>Whether there is anything that a root would need the property <c>Events</c> for.</summary>
    public bool Any => Events.Count > 0 || Handlers.Count > 0;
}
