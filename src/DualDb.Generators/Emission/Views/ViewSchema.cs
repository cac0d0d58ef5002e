using System.Text;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>
/// The hash under which the payloads of a view are kept, beside those of its entities: it covers which rows become which members, and how these
/// are held. A view that takes other rows must not be answered with what was kept of the former one.
/// </summary>
internal static class ViewSchema
{
    // Changes with the form in which members are written.
    private const int Format = 1;

    public static string HashOf(ViewSpec view)
    {
        var text = new StringBuilder();
        Add(text, Identifier.Number(Format));
        foreach (var rows in view.Members)
        {
            Describe(text, rows);
        }

        Describe(text, view.Shape!);
        return StableHash.Of(text.ToString());
    }

    private static void Describe(StringBuilder text, ViewRowsSpec rows)
    {
        Add(text, rows.Entity.FullName, rows.Link.ToString(), Identifier.Number(rows.Parent));
        Add(text, rows.Reference?.Owner ?? "", rows.Reference?.Column.Name ?? "", rows.Take is { } take ? Identifier.Number(take) : "");
        foreach (var order in rows.Order)
        {
            Add(text, order.Column, order.IsDescending ? "desc" : "");
        }
    }

    private static void Describe(StringBuilder text, ViewShapeSpec shape)
    {
        Add(text, shape.Type, Identifier.Number(shape.Members.Count));
        foreach (var member in shape.Members)
        {
            Add(text, member.Name, Identifier.Number(member.Rows), Identifier.Number(member.Parent));
            Add(text, member.Collection.ToString(), member.IsNullable ? "null" : "not null", member.Missing.ToString());
            if (member.View is { } inner)
            {
                Describe(text, inner);
            }
        }
    }

    // As literals, because a quoted name may contain whatever would part them.
    private static void Add(StringBuilder text, params string[] parts)
    {
        foreach (var part in parts)
        {
            text.Append(Identifier.Literal(part)).Append(' ');
        }

        text.Append('\n');
    }
}
