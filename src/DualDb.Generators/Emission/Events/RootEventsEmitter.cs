using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the events of a root: the property, and the list of what there is to publish and to handle.</summary>
internal static class RootEventsEmitter
{
    public const string Events = "global::DualDb.Consistency.Events.";

    private const string Registry = "EventList";

    public static string Emit(RootEventsSpec spec)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, spec.Type, () =>
        {
            WriteInterface(writer, spec);
            if (spec.Level == EmissionLevel.Full)
            {
                WriteClass(writer, spec);
                WriteRegistry(writer, spec);
            }
        });
        return writer.ToString();
    }

    private static void WriteInterface(SourceWriter writer, RootEventsSpec spec)
    {
        writer.Lines($"partial interface I{spec.Type.Name}");
        writer.Open();
        writer.Lines($$"""
            /// <summary>The events of this project: published here where there is no transaction to publish them in.</summary>
            {{Events}}DomainEvents Events { get; }
            """);
        writer.Close();
    }

    private static void WriteClass(SourceWriter writer, RootEventsSpec spec)
    {
        writer.Separate();
        writer.Lines($"partial class {EntityEmitter.DeclaredName(spec.Type)}");
        writer.Open();
        writer.Lines($$"""
            private {{Events}}DomainEvents? {{spec.Field}};

            /// <inheritdoc/>
            public {{Events}}DomainEvents Events
            {
                get
                {
                    if ({{spec.Field}} is { } events)
                    {
                        return events;
                    }

                    // Where two threads meet here, both are given the one that came first.
                    events = new {{Events}}DomainEvents(this, {{Registry}}.Registry);
                    return global::System.Threading.Interlocked.CompareExchange(ref {{spec.Field}}, events, null) ?? events;
                }
            }
            """);
        writer.Close();
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
