using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the events of a root: the property, and the list of what there is to publish and to handle.</summary>
internal static class RootEventsEmitter
{
    public const string Events = "global::DualDb.Consistency.Events.";

    private const string Property = Events + "DomainEvents";
    private const string Registry = "EventList";

    public static string Emit(RootEventsSpec spec)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, spec.Type, () =>
        {
            RootPropertyEmitter.WriteInterface(writer, spec.Type, Property, nameof(Events), "The events of this project: published here where there is no transaction to publish them in.");
            if (spec.Level == EmissionLevel.Full)
            {
                RootPropertyEmitter.WriteClass(writer, spec.Type, Property, nameof(Events), "events", spec.Field, Registry);
                WriteRegistry(writer, spec);
            }
        });
        return writer.ToString();
    }

    // File-local, so that no type of the user's can have the same name.
    private static void WriteRegistry(SourceWriter writer, RootEventsSpec spec)
    {
        writer.Separate();
        writer.Lines(GeneratedFile.Attribute);
        writer.Lines($"file static class {Registry}");
        writer.Open();
        writer.Lines($"public static {Events}EventRegistry Registry {{ get; }} = new(");
        writer.Indented(() =>
        {
            writer.Lines("[");
            writer.Indented(() =>
            {
                foreach (var entry in spec.Events)
                {
                    writer.Lines($"{Events}EventType.{(entry.IsUpgradable ? "OfUpgradable" : "Of")}<{entry.Type}>(),");
                }
            });
            writer.Lines("],");
            writer.Lines("[");
            writer.Indented(() =>
            {
                foreach (var handler in spec.Handlers)
                {
                    foreach (var handled in handler.Events)
                    {
                        writer.LineOrTwo($"{Events}HandlerType.Of<{handler.Type}, {handled.Event.Type}>(", $"{HandlerOptionsCode.Of(handler.Options)}),");
                    }
                }
            });
            writer.Lines("]);");
        });
        writer.Close();
    }
}
