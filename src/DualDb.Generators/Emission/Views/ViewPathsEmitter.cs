using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes how a condition on a member becomes one on the root: a field per member that has a path.</summary>
internal static class ViewPathsEmitter
{
    private const string Views = "global::DualDb.Views.";

    /// <summary>The fields, each behind those of the members that depend on it, since static fields are set in the order of writing.</summary>
    public static void Write(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields)
    {
        for (var place = view.Shape!.Members.Count - 1; place > 0; place--)
        {
            Write(writer, view, fields, place);
        }
    }

    /// <summary>The field of a member.</summary>
    public static string Field(ViewMemberSpec member) => member.Name + "Path";

    /// <summary>The fields of the members that depend on one, as arguments.</summary>
    public static string Children(ViewSpec view, int place)
    {
        var children = new List<string>();
        for (var child = place + 1; child < view.Shape!.Members.Count; child++)
        {
            if (view.Shape.Members[child].Parent == place)
            {
                children.Add(Field(view.Shape.Members[child]));
            }
        }

        return children.Count == 0 ? "" : ", " + string.Join(", ", children);
    }

    private static void Write(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields, int place)
    {
        var member = view.Shape!.Members[place];
        var rows = view.Members[member.Rows];
        var parent = view.Members[rows.Parent];
        var reference = rows.Reference!.Column;
        var parentColumn = rows.Link == ViewLink.ReferredTo ? reference : parent.Entity.Key[0];
        var column = rows.Link == ViewLink.Referring ? reference : rows.Entity.Key[0];
        writer.Separate();
        writer.Lines($"""
            private static readonly {Views}MemberFilter<{parent.Entity.FullName}, {rows.Entity.FullName}, {column.NotNullType}> {Field(member)} = new(
                {fields[member.Rows]},
                {Link(parent.Entity, parentColumn)},
                {Link(rows.Entity, column)}{Children(view, place)});
            """);
    }

    private static string Link(ViewEntitySpec entity, ColumnSpec column)
    {
        var factory = !column.IsNullable ? "Of" : column.IsValueType ? "OfNullable" : "OfNullableText";
        return $"{Views}LinkColumn.{factory}(new {entity.Columns}().{ColumnsEmitter.Member(entity.Name, column.Member)})";
    }
}
