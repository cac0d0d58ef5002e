using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

// What the cache keeps: payloads, and the texts of keys.
internal static partial class MapEmitter
{
    private static void WritePayload(SourceWriter writer, EntitySpec entity)
    {
        var type = entity.Type.FullName;
        writer.Separate();
        writer.Lines($"public static string PayloadSchema => {Identifier.Literal(PayloadSchema.HashOf(entity))};");
        writer.Blank();
        writer.Lines($"public static void Encode(ref {PayloadCode.Writer} writer, {type} entity)");
        writer.Open();
        foreach (var column in PayloadCode.Order(entity))
        {
            writer.Lines(PayloadCode.Write(column, ColumnCode.Get(entity, column, "entity")) + ";");
        }

        writer.Close();
        writer.Blank();
        writer.Lines($"public static {type} Decode(ref {PayloadCode.Reader} reader) =>");
        writer.Indented(() => ConstructionCode.WriteFromMap(writer, entity, PayloadCode.Read));
    }

    private static void WriteKeyText(SourceWriter writer, EntitySpec entity)
    {
        var columns = KeyCode.Columns(entity);
        writer.Separate();
        writer.Lines($"public static bool HasExactKey => {(columns.TrueForAll(ExactValues.Are) ? "true" : "false")};");
        writer.Blank();
        writer.Lines($"public static void FormatKey(ref global::DualDb.Caching.KeyText text, {KeyCode.Type(entity)} key)");
        writer.Open();
        for (var i = 0; i < columns.Count; i++)
        {
            writer.Lines(KeyTextCode.Add(columns[i], KeyCode.Part(entity, i, "key")));
        }

        writer.Close();
    }
}
