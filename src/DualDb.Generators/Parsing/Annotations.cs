using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The attributes of <c>DualDb.Sdk</c>, recognised by name, and their values.</summary>
internal static class Annotations
{
    public const string Namespace = "DualDb";
    public const string NeonMetadataName = "DualDb.NeonAttribute";
    public const string SupabaseMetadataName = "DualDb.SupabaseAttribute";
    public const string RootMetadataName = "DualDb.DualDatabaseAttribute";
    public const string ProjectionMetadataName = "DualDb.ProjectionAttribute`1";
    public const string ViewMetadataName = "DualDb.UnifiedViewAttribute";

    /// <summary>The attribute of that name on a symbol, or null.</summary>
    public static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, Namespace, name))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>The first constructor argument as a string; null where it is missing, null, or not valid C#.</summary>
    public static string? FirstText(AttributeData? attribute)
        => attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive, Value: string text }
            ? text
            : null;

    /// <summary>The first constructor argument as a number, an enum's too; null where it is missing or not valid C#.</summary>
    public static int? FirstNumber(AttributeData? attribute)
        => attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive or TypedConstantKind.Enum, Value: int number }
            ? number
            : null;

    /// <summary>The first constructor argument as a type; null where it is missing, null, or not valid C#.</summary>
    public static ITypeSymbol? FirstType(AttributeData? attribute)
        => attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Type, Value: ITypeSymbol type }
            ? type
            : null;

    /// <summary>A named argument, or null.</summary>
    public static object? Named(AttributeData? attribute, string name)
    {
        if (attribute is not null)
        {
            foreach (var argument in attribute.NamedArguments)
            {
                if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
                {
                    return argument.Value.Value;
                }
            }
        }

        return null;
    }
}
