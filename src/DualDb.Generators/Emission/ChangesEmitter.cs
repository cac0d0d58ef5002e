using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>OrderChanges</c>: what an update of some columns sets.</summary>
internal static class ChangesEmitter
{
    /// <summary>Whether an update of some columns may set this one.</summary>
    public static bool IsSettable(ColumnSpec column) => UpdateSql.IsBound(column) && column.Role != ColumnRole.SoftDelete;

    public static void Write(SourceWriter writer, EntitySpec entity)
    {
        var name = entity.Type.Name + "Changes";
        var map = entity.Type.Sibling(entity.Type.Name + "Map") + ".";
        writer.Separate();
        writer.Lines($"""
            /// <summary>What an update of some columns of <see cref="{entity.Type.FullName}"/> sets.</summary>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} sealed class {name} : global::DualDb.Querying.Changes<{entity.Type.FullName}, {entity.Type.Sibling(entity.Type.Name + "Columns")}, {entity.Type.Sibling(name)}>
            """);
        writer.Open();
        foreach (var column in entity.Columns)
        {
            if (!IsSettable(column))
            {
                continue;
            }

            var accessibility = column.TypeIsAsVisibleAsEntity ? "public" : "internal";
            var method = column.Member == name ? column.Member + "_" : Identifier.Escape(column.Member);
            writer.Separate();
            writer.Lines($"""
                /// <summary>Sets <c>{column.Member}</c>.</summary>
                /// <param name="value">The new value.</param>
                {accessibility} {entity.Type.Sibling(name)} {method}({column.MemberType} value) =>
                    Assign({ColumnsEmitter.Definition(entity, column)}, {ColumnCode.Encode(column, "value", map)}, {WireTypes.DbType(column)});
                """);
        }

        writer.Close();
    }
}
