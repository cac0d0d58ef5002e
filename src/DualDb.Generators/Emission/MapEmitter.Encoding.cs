using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

// One method per member whose value does not travel as it is.
internal static partial class MapEmitter
{
    private static void WriteEncoders(SourceWriter writer, EntitySpec entity)
    {
        foreach (var column in entity.Columns)
        {
            if (!ColumnCode.IsIdentity(column))
            {
                writer.Separate();
                writer.LineOrTwo(
                    $"internal static {ColumnCode.WireType(column)} {ColumnCode.EncoderName(column)}({column.MemberType} value) =>",
                    ColumnCode.EncoderBody(column) + ";");
            }

            if (column.Scalar.Enum is { AsText: true } names)
            {
                WriteNames(writer, column, names);
            }
        }
    }

    private static void WriteNames(SourceWriter writer, ColumnSpec column, EnumSpec names)
    {
        var type = column.Scalar.ClrType;
        var name = Identifier.Literal(column.Name);
        var shown = Identifier.Literal(type.Substring(type.LastIndexOfAny(['.', ':']) + 1));
        var all = Identifier.Literal(string.Join(", ", Names(names)));
        writer.Separate();
        writer.Lines($"private static string {column.Member}ToText({type} value) => value switch");
        writer.Open();
        foreach (var member in names.Members)
        {
            if (!member.IsAlias)
            {
                writer.Lines($"{Value(type, member)} => {Identifier.Literal(member.Name)},");
            }
        }

        writer.Lines($"_ => throw {Mapping}ColumnValue.Unnamed(value.ToString(\"D\"), {name}, {shown}, {all}),");
        writer.Close(";");
        writer.Blank();
        writer.Lines($"private static {type} {column.Member}FromText(string text) => text switch");
        writer.Open();
        foreach (var member in names.Members)
        {
            writer.Lines($"{Identifier.Literal(member.Name)} => {Value(type, member)},");
        }

        writer.Lines($"_ => throw {Mapping}ColumnValue.UnknownName(text, {name}, {shown}, {all}),");
        writer.Close(";");
    }

    private static string Value(string type, EnumMemberSpec member)
        => member.CannotBeNamed ? $"({type})({member.Value})" : $"{type}.{Identifier.Escape(member.Name)}";

    private static IEnumerable<string> Names(EnumSpec names)
    {
        foreach (var member in names.Members)
        {
            yield return member.Name;
        }
    }
}
