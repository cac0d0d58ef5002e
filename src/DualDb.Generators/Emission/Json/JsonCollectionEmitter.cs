using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the methods of lists and dictionaries.</summary>
internal static class JsonCollectionEmitter
{
    private const string Generic = "global::System.Collections.Generic.";

    public static void WriteList(SourceWriter writer, JsonTypeSpec type)
    {
        var element = type.Element!;

        // Whatever the list is declared as, it can be walked.
        writer.Lines(JsonCodecEmitter.WriteHead(type, type.Kind == JsonTypeKind.List ? $"{Generic}IEnumerable<{element.Declared}>" : type.Type));
        writer.Open();
        writer.Lines("writer.WriteStartArray();");
        if (type.Kind == JsonTypeKind.ImmutableArray)
        {
            // One that was never set cannot be walked.
            writer.Lines($"foreach (var item in value.IsDefault ? {type.Type}.Empty : value)");
        }
        else
        {
            writer.Lines("foreach (var item in value)");
        }

        writer.Open();
        WriteElement(writer, type, element);
        writer.Close();
        writer.Blank();
        writer.Lines("writer.WriteEndArray();");
        writer.Close();
        writer.Blank();
        writer.Lines(JsonCodecEmitter.ReadHead(type));
        writer.Open();
        writer.Lines($$"""
            var items = new {{Generic}}List<{{element.Declared}}>();
            {{JsonCode.Runtime}}.BeginArray(ref reader);
            while ({{JsonCode.Runtime}}.NextElement(ref reader))
            {
                items.Add({{JsonCode.Read(element)}});
            }

            return {{(type.Kind == JsonTypeKind.List ? "items" : "[.. items]")}};
            """);
        writer.Close();
    }

    public static void WriteDictionary(SourceWriter writer, JsonTypeSpec type)
    {
        var element = type.Element!;
        writer.Lines(JsonCodecEmitter.WriteHead(type, $"{Generic}IEnumerable<{Generic}KeyValuePair<string, {element.Declared}>>"));
        writer.Open();
        writer.Lines("writer.WriteStartObject();");
        writer.Lines("foreach (var (key, item) in value)");
        writer.Open();
        writer.Lines("writer.WritePropertyName(key);");
        WriteElement(writer, type, element);
        writer.Close();
        writer.Blank();
        writer.Lines("writer.WriteEndObject();");
        writer.Close();
        writer.Blank();
        writer.Lines(JsonCodecEmitter.ReadHead(type));
        writer.Open();
        writer.Lines($$"""
            var entries = new {{type.Type}}();
            {{JsonCode.Runtime}}.BeginObject(ref reader);
            while ({{JsonCode.Runtime}}.NextMember(ref reader))
            {
                entries[{{JsonCode.Runtime}}.ReadKey(ref reader)] = {{JsonCode.Read(element)}};
            }

            return entries;
            """);
        writer.Close();
    }

    private static void WriteElement(SourceWriter writer, JsonTypeSpec type, JsonValueSpec element)
    {
        if (!element.IsNullable)
        {
            var present = element.IsValueType ? "item" : $"item ?? throw {JsonCode.Runtime}.NullElement({Identifier.Literal(type.Shown)})";
            writer.Lines(JsonCode.Write(element, present));
            return;
        }

        writer.Lines($$"""
            if (item is { } element)
            {
                {{JsonCode.Write(element, "element")}}
            }
            else
            {
                writer.WriteNullValue();
            }
            """);
    }
}
