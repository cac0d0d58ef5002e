using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the method that writes an object.</summary>
internal static class JsonObjectWriting
{
    public static void Write(SourceWriter writer, JsonTypeSpec type)
    {
        writer.Lines(JsonCodecEmitter.WriteHead(type, type.Type));
        writer.Open();
        writer.Lines("writer.WriteStartObject();");
        var inUse = new HashSet<string>(StringComparer.Ordinal) { "writer", "value" };
        foreach (var member in type.Members)
        {
            WriteMember(writer, type, member, inUse);
        }

        writer.Lines("writer.WriteEndObject();");
        writer.Close();
    }

    private static void WriteMember(SourceWriter writer, JsonTypeSpec type, JsonMemberSpec member, HashSet<string> inUse)
    {
        var expression = "value." + Identifier.Escape(member.Name);
        if (!member.Value.IsNullable)
        {
            // A null that the type excludes could not be read again, and is refused while its origin is on the stack.
            var isStruct = member.Value.IsValueType;
            var names = $"{Identifier.Literal(type.Shown)}, {Identifier.Literal(member.Name)}";
            JsonCode.WriteMember(writer, member, isStruct ? expression : $"{expression} ?? throw {JsonCode.Runtime}.Null({names})");
            return;
        }

        if (member.Value.Scalar == JsonScalar.String)
        {
            writer.Lines($"writer.WriteString({JsonCode.Utf8(member.JsonName)}, {expression});");
            return;
        }

        var local = Identifier.Parameter(member.Name, inUse);
        writer.Lines($"if ({expression} is {{ }} {local})");
        writer.Open();
        JsonCode.WriteMember(writer, member, local);
        writer.Close();
        writer.Lines("else");
        writer.Open();
        writer.Lines($"writer.WriteNull({JsonCode.Utf8(member.JsonName)});");
        writer.Close();
        writer.Blank();
    }
}
