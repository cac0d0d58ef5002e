using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes a nested class that lets the map reach private members, where the model has any.</summary>
internal static class AccessEmitter
{
    public const string TypeName = "DualDbAccess";

    public static bool IsNeeded(EntitySpec entity)
    {
        foreach (var column in entity.Columns)
        {
            if (column.GetterIsPrivate)
            {
                return true;
            }
        }

        return entity.Construction!.NeedsPrivateAccess;
    }

    public static void Write(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"partial {entity.Type.Keyword} {EntityEmitter.DeclaredName(entity.Type)}");
        writer.Open();
        writer.Lines($"""
            /// <summary>Lets the generated map reach what is private.</summary>
            {GeneratedFile.Attribute}
            {GeneratedFile.Hidden}
            internal static class {TypeName}
            """);
        writer.Open();
        if (entity.Construction!.NeedsPrivateAccess)
        {
            WriteCreate(writer, entity);
        }

        foreach (var column in entity.Columns)
        {
            if (column.GetterIsPrivate)
            {
                writer.Separate();
                writer.Lines($"internal static {column.MemberType} Get{column.Member}({entity.Type.FullName} entity) => entity.{Identifier.Escape(column.Member)};");
            }
        }

        writer.Close();
        writer.Close();
    }

    /// <summary>The parameters of <c>Create</c>, by ordinal.</summary>
    public static List<string> CreateParameters(EntitySpec entity)
    {
        var inUse = new HashSet<string>(System.StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var column in entity.Columns)
        {
            names.Add(Identifier.Parameter(column.Member, inUse));
        }

        return names;
    }

    private static void WriteCreate(SourceWriter writer, EntitySpec entity)
    {
        var names = CreateParameters(entity);
        var parameters = new List<string>();
        foreach (var column in entity.Columns)
        {
            parameters.Add(column.MemberType + " " + names[column.Ordinal]);
        }

        writer.Lines($"internal static {entity.Type.FullName} Create({string.Join(", ", parameters)}) =>");
        writer.Indented(() => ConstructionCode.Write(writer, entity, (column, _) => names[column.Ordinal], ";"));
    }
}
