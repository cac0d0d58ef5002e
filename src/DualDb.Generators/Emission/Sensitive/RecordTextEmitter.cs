using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes what a record prints of itself.</summary>
internal static class RecordTextEmitter
{
    public static string Emit(RecordTextSpec spec)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, spec.Type, () => Write(writer, spec));
        return writer.ToString();
    }

    private static void Write(SourceWriter writer, RecordTextSpec spec)
    {
        writer.Lines($"partial {spec.Type.Keyword} {EntityEmitter.DeclaredName(spec.Type)}");
        writer.Open();
        writer.Lines($"""
            /// <summary>The members as <c>ToString</c> shows them: what is sensitive gets into no log by it.</summary>
            {GeneratedFile.Attribute}
            {spec.Signature} PrintMembers(global::System.Text.StringBuilder builder)
            """);
        writer.Open();
        WriteBase(writer, spec);
        var separator = "";
        foreach (var member in spec.Members)
        {
            writer.Lines(member.IsMasked
                ? $"builder.Append({Identifier.Literal($"{separator}{member.Name} = ***")});"
                : $"builder.Append({Identifier.Literal($"{separator}{member.Name} = ")}).Append((object?)this.{Identifier.Escape(member.Name)});");
            separator = ", ";
        }

        writer.Lines($"return {(spec.Members.Count > 0 ? "true" : spec.CallsBase ? "printed" : "false")};");
        writer.Close();
        writer.Close();
    }

    private static void WriteBase(SourceWriter writer, RecordTextSpec spec)
    {
        if (!spec.CallsBase)
        {
            return;
        }

        writer.Lines("var printed = base.PrintMembers(builder);");
        if (spec.Members.Count > 0)
        {
            writer.Lines("if (printed)");
            writer.Open();
            writer.Lines("builder.Append(\", \");");
            writer.Close();
            writer.Blank();
        }
    }
}
