using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the schema of a root as data, into an attribute: tools read it from the built file, and nothing of it is loaded where it is not asked for.</summary>
internal static class SchemaEmitter
{
    public static string Emit(RootSchemaSpec schema)
    {
        var writer = GeneratedFile.Begin();
        writer.Lines($"[assembly: global::DualDb.Schema.ModelSchema({Identifier.Literal(schema.Type.Name)},");
        writer.RawString(Json(schema), ")]");
        return writer.ToString();
    }

    private static string Json(RootSchemaSpec schema) => DataText.Block(
        ("format", "1"),
        ("tables", DataText.Lines(Texts(schema.Tables))),
        ("enums", DataText.Lines(Texts(schema.Enums))),
        ("maps", DataText.Lines(Texts(schema.Maps))),
        ("includes", DataText.Lines(schema.Includes)));

    private static List<string> Texts(EquatableArray<SchemaPartSpec> parts)
    {
        var texts = new List<string>();
        foreach (var part in parts)
        {
            texts.Add(part.Json);
        }

        return texts;
    }
}
