using DualDb.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Emission;

/// <summary>Writes the file of one entity.</summary>
internal static class EntityEmitter
{
    public static string Emit(EntitySpec entity)
    {
        var writer = GeneratedFile.Begin();
        if (entity.Level == EmissionLevel.Full)
        {
            WriteAnnouncement(writer, entity);
        }

        GeneratedFile.Beside(writer, entity.Type, () =>
        {
            RepositoryEmitter.WriteInterface(writer, entity);
            if (entity.Level != EmissionLevel.Full)
            {
                // The model has a fault, which the analyzer reports. The interface alone keeps user code that names it from adding errors of its own.
                return;
            }

            RepositoryEmitter.WriteClass(writer, entity);
            ColumnsEmitter.Write(writer, entity);
            ChangesEmitter.Write(writer, entity);
            MapEmitter.Write(writer, entity);
            if (AccessEmitter.IsNeeded(entity))
            {
                AccessEmitter.Write(writer, entity);
            }
        });
        return writer.ToString();
    }

    /// <summary>The name of a type in its declaration.</summary>
    public static string DeclaredName(TypeSpec type)
        => SyntaxFacts.GetKeywordKind(type.Name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(type.Name) != SyntaxKind.None ? "@" + type.Name : type.Name;

    // Referencing projects find the entity by this attribute, without looking through all types.
    private static void WriteAnnouncement(SourceWriter writer, EntitySpec entity)
    {
        var name = entity.Type.Name;
        writer.Lines($"""
            [assembly: global::DualDb.Mapping.DualDbEntity(
                typeof({entity.Type.FullName}),
                typeof({entity.Type.Sibling(name + "Map")}),
                typeof({entity.Type.Sibling(name + "Repository")}),
                typeof({entity.Type.Sibling("I" + name + "Repository")}),
                global::DualDb.Database.{entity.Database},
                {Identifier.Literal(entity.Set)})]
            """);
        writer.Blank();
    }
}
