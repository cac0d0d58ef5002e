using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>OrderColumns</c>, the columns by name, and what queries know of each.</summary>
internal static class ColumnsEmitter
{
    private const string Querying = "global::DualDb.Querying.";

    /// <summary>The struct that user code meets.</summary>
    public static void Write(SourceWriter writer, EntitySpec entity)
    {
        var name = entity.Type.Name + "Columns";
        var member = Parameter(entity);
        writer.Separate();
        writer.Lines($"""
            /// <summary>The columns of <see cref="{entity.Type.FullName}"/>.</summary>
            /// <param name="{member}">The member of a view whose columns are meant; 0 outside of views.</param>
            {GeneratedFile.Attribute}
            {entity.Type.Accessibility} readonly struct {name}(int {member}) : {Querying}IColumns<{entity.Type.FullName}>
            """);
        writer.Open();
        foreach (var column in entity.Columns)
        {
            writer.Separate();
            writer.Lines($"""
                /// <summary>The column of <c>{column.Member}</c>.</summary>
                {Accessibility(column)} {Hides(column.Member)}{Type(entity, column)} {Member(entity, column.Member)} => new({Definition(entity, column)}, {member});
                """);
        }

        WriteFilters(writer, entity, name, member);
        WriteKey(writer, entity);
        writer.Close();
    }

    /// <summary>The class inside the map that holds one definition per column.</summary>
    public static void WriteDefinitions(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines("public static class Columns");
        writer.Open();
        foreach (var column in entity.Columns)
        {
            writer.Separate();
            writer.Lines($"""
                {Accessibility(column)} static readonly {Hides(column.Member)}{Querying}ColumnDefinition<{entity.Type.FullName}, {column.MemberType}> {Field(column.Member)} = new(
                    {Identifier.Number(column.Ordinal)},
                    {Identifier.Literal(column.Name)},
                    {Identifier.Literal(ColumnSql.Name(column))},
                    {Identifier.Literal(ColumnSql.Read(column, ""))},
                    isNullable: {(column.IsNullable ? "true" : "false")},
                    isSettable: {(ChangesEmitter.IsSettable(column) ? "true" : "false")},
                    {CodecCode.Of(column)},
                    static entity => {ColumnCode.Get(entity, column, "entity")});
                """);
        }

        writer.Close();
    }

    /// <summary>The expression of a column's definition.</summary>
    public static string Definition(EntitySpec entity, ColumnSpec column)
        => $"{entity.Type.Sibling(entity.Type.Name + "Map")}.Columns.{Field(column.Member)}";

    private static void WriteFilters(SourceWriter writer, EntitySpec entity, string name, string member)
    {
        var filter = $"global::DualDb.Filter<{entity.Type.FullName}>";
        if (!HasColumn(entity, "Where"))
        {
            writer.Separate();
            writer.Lines($"""
                /// <summary>A condition as a value, to be kept and joined with others.</summary>
                /// <param name="filter">The condition.</param>
                public static {filter} Where(global::System.Func<{name}, {filter}> filter) => filter(default);
                """);
        }

        if (!HasColumn(entity, "Sql"))
        {
            writer.Separate();
            writer.Lines($$"""
                /// <summary>A condition in SQL of your own: <c>o.Sql($"length({o.Name}) > {5}")</c>. Columns become their names, all else becomes parameters.</summary>
                /// <param name="sql">The condition.</param>
                public {{filter}} Sql({{Querying}}SqlCondition<{{entity.Type.FullName}}> sql) => sql.ToFilter({{member}});
                """);
        }
    }

    private static void WriteKey(SourceWriter writer, EntitySpec entity)
    {
        var terms = new List<string>();
        var term = $"{Querying}OrderTerm<{entity.Type.FullName}>";
        foreach (var column in KeyCode.Columns(entity))
        {
            terms.Add($"{term}.By({Definition(entity, column)})");
        }

        writer.Separate();
        writer.Lines("/// <inheritdoc/>");
        writer.Lines($"static global::System.Collections.Generic.IReadOnlyList<{term}> {Querying}IColumns<{entity.Type.FullName}>.Key {{ get; }} =");
        writer.Lines($"    [{string.Join(", ", terms)}];");
    }

    // A column of the same name would hide it.
    private static string Parameter(EntitySpec entity)
    {
        var name = "viewMember";
        while (HasColumn(entity, name))
        {
            name += "_";
        }

        return name;
    }

    private static bool HasColumn(EntitySpec entity, string member)
    {
        foreach (var column in entity.Columns)
        {
            if (column.Member == member)
            {
                return true;
            }
        }

        return false;
    }

    // JSON has other operators than the rest.
    private static string Type(EntitySpec entity, ColumnSpec column)
        => $"global::DualDb.{(IsJson(column) ? "JsonColumn" : "Column")}<{entity.Type.FullName}, {column.MemberType}>";

    private static bool IsJson(ColumnSpec column) => !column.IsCollection && column.Scalar.Storage is StorageKind.Json or StorageKind.Jsonb;

    private static string Accessibility(ColumnSpec column) => column.TypeIsAsVisibleAsEntity ? "public" : "internal";

    private static string Member(EntitySpec entity, string member) => Member(entity.Type.Name, member);

    /// <summary>The property of a column or member: none can bear the name of the type around it.</summary>
    public static string Member(string type, string member) => member == type + "Columns" ? member + "_" : Identifier.Escape(member);

    /// <summary>The field of a column among the definitions.</summary>
    public static string Field(string member) => member == "Columns" ? member + "_" : Identifier.Escape(member);

    // A member of this name in the model hides one of object, and so does its column.
    private static string Hides(string member)
        => member is "Equals" or "GetHashCode" or "GetType" or "MemberwiseClone" or "ReferenceEquals" or "ToString" ? "new " : "";
}
