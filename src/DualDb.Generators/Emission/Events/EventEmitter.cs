using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the file of one event: its name, and how it is written and read.</summary>
internal static class EventEmitter
{
    public static string Emit(EventSpec spec)
    {
        var writer = GeneratedFile.Begin();

        // A project that references this one finds the event by this attribute, also where it only publishes it.
        writer.Lines($"[assembly: global::DualDb.Consistency.Events.DualDbEvent(typeof({spec.Type.FullName}))]");
        writer.Blank();
        GeneratedFile.Beside(writer, spec.Type, () => Write(writer, spec));
        return writer.ToString();
    }

    private static void Write(SourceWriter writer, EventSpec spec)
    {
        var type = spec.Type.FullName;
        var contract = $"global::DualDb.Consistency.Events.IDomainEvent<{type}>";
        var holder = spec.Codec.Holder;
        writer.Lines($"partial {spec.Type.Keyword} {EntityEmitter.DeclaredName(spec.Type)} : {contract}");
        writer.Open();
        writer.Lines($"""
            /// <inheritdoc/>
            static string {contract}.EventName => {Identifier.Literal(spec.Name)};

            /// <inheritdoc/>
            static int {contract}.EventVersion => {Identifier.Number(spec.Version)};

            /// <inheritdoc/>
            static void {contract}.Write({JsonCode.Writer} writer, {type} value) =>
                {holder}.Write{spec.Payload.Method}(writer, value);

            /// <inheritdoc/>
            static {type} {contract}.Read({JsonCode.Reader} reader) =>
                {JsonCode.Runtime}.Read(ref reader, {Identifier.Literal(spec.Type.Name)}, {holder}.Read{spec.Payload.Method});
            """);
        if (JsonMasks.Of(spec.Codec).Expression(spec.Payload) is { } mask)
        {
            writer.Blank();
            writer.Lines($"""
                /// <inheritdoc/>
                static {JsonMasks.Runtime}? {contract}.Mask => {mask};
                """);
        }

        writer.Blank();
        JsonCodecEmitter.Write(writer, spec.Codec);
        writer.Close();
    }
}
