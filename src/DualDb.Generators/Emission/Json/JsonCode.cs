using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The expressions and statements that read and write one value, from within the class that holds the codec or, with its name, from outside.</summary>
internal static class JsonCode
{
    /// <summary>What the runtime offers to generated code.</summary>
    public const string Runtime = "global::DualDb.Consistency.Json.JsonCodec";

    public const string Writer = "global::System.Text.Json.Utf8JsonWriter";
    public const string Reader = "ref global::System.Text.Json.Utf8JsonReader";

    /// <summary>A text in UTF-8.</summary>
    public static string Utf8(string text) => Identifier.Literal(text) + "u8";

    /// <summary>The expression that reads a value, null included where it may be.</summary>
    public static string Read(JsonValueSpec value)
    {
        var read = value.Method is { } method ? $"Read{method}(ref reader)" : $"{Runtime}.Read{value.Scalar}(ref reader)";
        return value.IsNullable ? $"{Runtime}.IsNull(ref reader) ? null : {read}" : read;
    }

    /// <summary>The statement that writes a value that is not null.</summary>
    public static string Write(JsonValueSpec value, string expression)
        => value.Method is { } method ? $"Write{method}(writer, {expression});"
            : Method(value.Scalar) is { } native ? $"writer.{native}Value({expression});"
            : $"{Runtime}.Write(writer, {expression});";

    /// <summary>Writes the statements that write a member that is not null, its name included.</summary>
    public static void WriteMember(SourceWriter writer, JsonMemberSpec member, string expression)
    {
        if (Method(member.Value.Scalar) is { } native)
        {
            writer.Lines($"writer.{native}({Utf8(member.JsonName)}, {expression});");
            return;
        }

        writer.Lines($"writer.WritePropertyName({Utf8(member.JsonName)});");
        writer.Lines(Write(member.Value, expression));
    }

    // Of the writer itself; null where it has none that fits.
    private static string? Method(JsonScalar scalar) => scalar switch
    {
        JsonScalar.Boolean => "WriteBoolean",
        JsonScalar.SByte or JsonScalar.Byte or JsonScalar.Int16 or JsonScalar.UInt16 or JsonScalar.Int32 or JsonScalar.UInt32
            or JsonScalar.Int64 or JsonScalar.UInt64 or JsonScalar.Decimal => "WriteNumber",
        JsonScalar.String or JsonScalar.Guid or JsonScalar.DateTime or JsonScalar.DateTimeOffset => "WriteString",
        JsonScalar.ByteArray => "WriteBase64String",
        _ => null,
    };
}
