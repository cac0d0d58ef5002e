using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>The defaults of constructor parameters, as C# spells them.</summary>
internal static class JsonDefaults
{
    /// <summary>The literal of a parameter's default.</summary>
    public static string Literal(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not { } value)
        {
            // `string note = null!` is its author's decision.
            return parameter.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } ? "default!" : "default";
        }

        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : parameter.Type;
        var literal = Literal(value);
        return type.TypeKind == TypeKind.Enum ? $"({TypeNames.Plain(type)})({literal})" : literal;
    }

    private static string Literal(object value) => value switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool flag => flag ? "true" : "false",
        double number => Special(number, "double") ?? number.ToString("R", CultureInfo.InvariantCulture) + "D",
        float number => Special(number, "float") ?? number.ToString("R", CultureInfo.InvariantCulture) + "F",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        System.IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static string? Special(double number, string type)
        => double.IsNaN(number) ? type + ".NaN"
            : double.IsPositiveInfinity(number) ? type + ".PositiveInfinity"
            : double.IsNegativeInfinity(number) ? type + ".NegativeInfinity"
            : null;
}
