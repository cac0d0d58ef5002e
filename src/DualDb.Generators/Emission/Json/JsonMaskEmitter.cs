using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes what of a type is shown to operators, where not everything is.</summary>
internal static class JsonMaskEmitter
{
    public static void Write(SourceWriter writer, JsonCodecSpec codec)
    {
        var masks = JsonMasks.Of(codec);
        foreach (var type in codec.Types)
        {
            if (masks.IsMasked(type))
            {
                writer.Separate();
                writer.Lines($"public static {JsonMasks.Runtime} Mask{type.Method}() => {JsonMasks.Runtime}.{Creation(masks, type)};");
            }
        }
    }

    private static string Creation(JsonMasks masks, JsonTypeSpec type) => type switch
    {
        { Kind: JsonTypeKind.Dictionary, Element: { } value } => $"Values({Maker(masks.InnerExpression(value)!)})",
        { Element: { } element } => $"Elements({Maker(masks.InnerExpression(element)!)})",
        _ => Members(masks, type),
    };

    // What is not named is masked: also what only older versions of the type had.
    private static string Members(JsonMasks masks, JsonTypeSpec type)
    {
        var (shown, within) = (new List<string>(), new List<string>());
        foreach (var member in type.Members)
        {
            var name = Identifier.Literal(member.JsonName);
            if (member.IsSensitive)
            {
                continue;
            }

            if (masks.InnerExpression(member.Value) is { } mask)
            {
                within.Add($"({name}, {Maker(mask)})");
            }
            else
            {
                shown.Add(name);
            }
        }

        return $"Members(shown: [{string.Join(", ", shown)}], within: [{string.Join(", ", within)}])";
    }

    // A method by its name; what is none, as one.
    private static string Maker(string mask) => mask.EndsWith("()", System.StringComparison.Ordinal) ? mask.Substring(0, mask.Length - "()".Length) : "static () => " + mask;
}
