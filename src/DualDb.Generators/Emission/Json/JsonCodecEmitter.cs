using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the class that holds a codec: two methods per type.</summary>
internal static class JsonCodecEmitter
{
    public static void Write(SourceWriter writer, JsonCodecSpec codec)
    {
        writer.Lines("/// <summary>How values are written as JSON, and read from it.</summary>");
        writer.Lines($"private static class {codec.Holder}");
        writer.Open();
        foreach (var type in codec.Types)
        {
            writer.Separate();
            switch (type.Kind)
            {
                case JsonTypeKind.Object:
                    JsonObjectWriting.Write(writer, type);
                    writer.Blank();
                    JsonObjectReading.Write(writer, type);
                    break;
                case JsonTypeKind.Enum:
                    JsonEnumEmitter.Write(writer, type);
                    break;
                case JsonTypeKind.Dictionary:
                    JsonCollectionEmitter.WriteDictionary(writer, type);
                    break;
                default:
                    JsonCollectionEmitter.WriteList(writer, type);
                    break;
            }
        }

        JsonMaskEmitter.Write(writer, codec);

        writer.Close();
    }

    /// <summary>The head of the method that writes a type.</summary>
    public static string WriteHead(JsonTypeSpec type, string parameter) => $"public static void Write{type.Method}({JsonCode.Writer} writer, {parameter} value)";

    /// <summary>The head of the method that reads a type.</summary>
    public static string ReadHead(JsonTypeSpec type) => $"public static {type.Type} Read{type.Method}({JsonCode.Reader} reader)";
}
