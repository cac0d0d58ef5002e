using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the methods of an enum: names where there are any, numbers for what has none, such as a combination of flags.</summary>
internal static class JsonEnumEmitter
{
    public static void Write(SourceWriter writer, JsonTypeSpec type)
    {
        WriteWriting(writer, type);
        writer.Blank();
        WriteReading(writer, type);
    }

    private static void WriteWriting(SourceWriter writer, JsonTypeSpec type)
    {
        writer.Lines(JsonCodecEmitter.WriteHead(type, type.Type));
        writer.Open();
        if (type.EnumMembers.Count > 0)
        {
            WriteNames(writer, type);
        }

        writer.Lines($"writer.WriteNumberValue(({Number(type)})value);");
        writer.Close();
    }

    private static void WriteNames(SourceWriter writer, JsonTypeSpec type)
    {
        writer.Lines("var name = value switch");
        writer.Open();
        foreach (var member in type.EnumMembers)
        {
            if (!member.IsAlias)
            {
                writer.Lines($"{Member(type, member)} => {JsonCode.Utf8(member.Name)},");
            }
        }

        writer.Lines("_ => default,");
        writer.Close(";");
        writer.Lines("""
            if (!name.IsEmpty)
            {
                writer.WriteStringValue(name);
                return;
            }

            """);
    }

    private static void WriteReading(SourceWriter writer, JsonTypeSpec type)
    {
        writer.Lines(JsonCodecEmitter.ReadHead(type));
        writer.Open();
        writer.Lines($$"""
            if (reader.TokenType != global::System.Text.Json.JsonTokenType.String)
            {
                return ({{type.Type}}){{JsonCode.Runtime}}.Read{{type.EnumStorage}}(ref reader);
            }

            """);
        var unknown = $"throw {JsonCode.Runtime}.UnknownName(ref reader, {Identifier.Literal(type.Shown)});";
        if (type.EnumMembers.Count == 0)
        {
            writer.Lines(unknown);
            writer.Close();
            return;
        }

        for (var i = 0; i < type.EnumMembers.Count; i++)
        {
            var member = type.EnumMembers[i];
            writer.Lines($"{(i == 0 ? "return " : "    : ")}reader.ValueTextEquals({JsonCode.Utf8(member.Name)}) ? {Member(type, member)}");
        }

        writer.Lines("    : " + unknown);
        writer.Close();
    }

    private static string Member(JsonTypeSpec type, EnumMemberSpec member)
        => member.CannotBeNamed ? $"({type.Type})({member.Value})" : $"{type.Type}.{Identifier.Escape(member.Name)}";

    private static string Number(JsonTypeSpec type) => type.EnumStorage switch
    {
        JsonScalar.UInt64 => "ulong",
        JsonScalar.UInt32 or JsonScalar.Int64 => "long",
        _ => "int",
    };
}
