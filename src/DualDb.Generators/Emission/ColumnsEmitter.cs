using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>OrderColumns</c>: the columns by name, for predicates.</summary>
internal static class ColumnsEmitter
{
    public static void Write(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"""
            /// <summary>The columns of <see cref="{entity.Type.FullName}"/>.</summary>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} readonly struct {entity.Type.Name}Columns
            """);
        writer.Open();
        foreach (var column in entity.Columns)
        {
            var accessibility = column.TypeIsAsVisibleAsEntity ? "public" : "internal";
            writer.Separate();
            writer.Lines($"""
                /// <summary>The column of <c>{column.Member}</c>.</summary>
                {accessibility} {Hides(column.Member)}global::DualDb.Column<{column.MemberType}> {Name(entity, column.Member)} => new({Identifier.Literal(column.Name)}, {Identifier.Number(column.Ordinal)});
                """);
        }

        writer.Close();
    }

    // No member can bear the name of the type around it.
    private static string Name(EntitySpec entity, string member)
        => member == entity.Type.Name + "Columns" ? member + "_" : Identifier.Escape(member);

    // A member of this name in the model hides one of object, and so does its column.
    private static string Hides(string member)
        => member is "Equals" or "GetHashCode" or "GetType" or "MemberwiseClone" or "ReferenceEquals" or "ToString" ? "new " : "";
}
