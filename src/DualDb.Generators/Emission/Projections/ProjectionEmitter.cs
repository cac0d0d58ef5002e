using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the file of one projection: the columns it selects, and how a row becomes an instance.</summary>
internal static class ProjectionEmitter
{
    public static string Emit(ProjectionSpec projection)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, projection.Type, () => Write(writer, projection));
        return writer.ToString();
    }

    private static void Write(SourceWriter writer, ProjectionSpec projection)
    {
        var type = projection.Type.FullName;
        var contract = $"global::DualDb.Querying.IProjection<{projection.Entity}, {type}>";
        var operand = $"global::DualDb.Querying.Operand<{projection.Entity}>";
        writer.Lines($"partial {projection.Type.Keyword} {EntityEmitter.DeclaredName(projection.Type)} : {contract}");
        writer.Open();
        writer.Lines("/// <inheritdoc/>");
        writer.Lines($"static global::System.Collections.Generic.IReadOnlyList<{operand}> {contract}.Columns {{ get; }} =");
        writer.Lines("[");
        writer.Indented(() =>
        {
            foreach (var column in projection.Columns)
            {
                writer.Lines(Column(projection, column) + ",");
            }
        });
        writer.Lines("];");
        writer.Blank();
        writer.Lines("/// <inheritdoc/>");
        writer.Lines($"static {type} {contract}.Read(global::DualDb.Mapping.ResultRow row) =>");
        writer.Indented(() => WriteConstruction(writer, projection));
        writer.Close();
    }

    private static void WriteConstruction(SourceWriter writer, ProjectionSpec projection)
    {
        var arguments = new List<string>();
        foreach (var argument in projection.Construction.Arguments)
        {
            arguments.Add($"{Identifier.Escape(argument.Parameter)}: {Read(projection, argument.Ordinal)}");
        }

        var creation = $"new {projection.Type.FullName}({string.Join(", ", arguments)})";
        if (projection.Members.Count == 0)
        {
            writer.Lines(creation + ";");
            return;
        }

        writer.Lines(creation);
        writer.Open();
        for (var i = 0; i < projection.Members.Count; i++)
        {
            writer.Lines($"{Identifier.Escape(projection.Members[i])} = {Read(projection, projection.Construction.Initialized[i])},");
        }

        writer.Close(";");
    }

    private static string Read(ProjectionSpec projection, int place)
        => $"{Column(projection, projection.Columns[place])}.Read(row, {Identifier.Number(place)})";

    private static string Column(ProjectionSpec projection, string member) => $"{projection.Map}.Columns.{ColumnsEmitter.Field(member)}";
}
