using System.Text;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>
/// The hash under which the payloads of an entity are kept: an instance of another model must not be made of them. It covers where the rows
/// come from and all that decides how bytes become members, and nothing else, so that an unrelated edit does not empty a cache.
/// </summary>
internal static class PayloadSchema
{
    // Changes with the form in which values are written.
    private const int Format = 1;

    public static string HashOf(EntitySpec entity) => StableHash.Of(Describe(entity));

    private static string Describe(EntitySpec entity)
    {
        var text = new StringBuilder();
        Add(text, Identifier.Number(Format), entity.Database.ToString(), entity.Schema, entity.Table);
        foreach (var ordinal in entity.Key)
        {
            Add(text, Identifier.Number(ordinal));
        }

        foreach (var column in PayloadCode.Order(entity))
        {
            Describe(text, column);
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, ColumnSpec column)
    {
        var scalar = column.Scalar;
        Add(text, column.Name, column.MemberType, column.PostgresType, column.Role.ToString());
        Add(text, column.IsNullable ? "null" : "not null", column.ElementIsNullable ? "null" : "not null");
        Add(text, scalar.Kind.ToString(), scalar.Storage.ToString(), scalar.JsonContext ?? "");
        if (scalar.Enum is { AsText: true } names)
        {
            foreach (var member in names.Members)
            {
                Add(text, member.Name, member.Value);
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
