using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

// Rows in, instances out.
internal static partial class MapEmitter
{
    // Looked up by type, because one generator cannot see the properties that another writes.
    private static void WriteJsonTypes(SourceWriter writer, EntitySpec entity)
    {
        foreach (var column in entity.Columns)
        {
            if (column.Scalar.JsonContext is { } context)
            {
                var info = $"global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{column.Scalar.ClrType}>";
                writer.Lines($"private static readonly {info} {column.Member}Json =");
                writer.Lines($"    ({info}){context}.Default.GetTypeInfo(typeof({column.Scalar.ClrType}))!;");
                writer.Blank();
            }
        }
    }

    private static void WriteReading(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"public static {entity.Type.FullName} Read({Mapping}ResultRow row) =>");
        writer.Indented(() => ConstructionCode.WriteFromMap(writer, entity, ColumnCode.Read));
        writer.Blank();
        writer.Lines($"public static void Probe({Mapping}ResultRow row, int ordinal)");
        writer.Open();
        writer.Lines("switch (ordinal)");
        writer.Open();
        foreach (var column in entity.Columns)
        {
            var ordinal = Identifier.Number(column.Ordinal);
            writer.Separate();
            writer.Lines($"case {ordinal}{(column.IsNullable ? $" when !row.IsDBNull({ordinal})" : "")}:");
            writer.Lines($"    _ = {ColumnCode.ReadGiven(column)};");
            writer.Lines("    break;");
        }

        writer.Close();
        writer.Close();
    }
}
