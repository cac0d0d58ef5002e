using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The attributes of <c>System.Text.Json</c> that count here too: users know them, and a type may be written by both.</summary>
internal static class JsonAnnotations
{
    public const string Namespace = "System.Text.Json.Serialization";

    /// <summary>The name of a member in JSON.</summary>
    public static string Name(IPropertySymbol property)
        => Annotations.FirstText(Find(property, "JsonPropertyNameAttribute")) ?? Naming.CamelCase(property.Name);

    /// <summary>Whether a member is left out. One that is left out only where it has no value is written all the same.</summary>
    public static bool IsIgnored(ISymbol member)
    {
        const int Always = 1;
        return Find(member, "JsonIgnoreAttribute") is { } attribute && Annotations.Named(attribute, "Condition") is null or Always;
    }

    /// <summary>Whether a member that is not public asks to be written.</summary>
    public static bool IsIncluded(ISymbol member) => Find(member, "JsonIncludeAttribute") is not null;

    /// <summary>Whether a constructor is the one to use.</summary>
    public static bool IsChosen(IMethodSymbol constructor) => Find(constructor, "JsonConstructorAttribute") is not null;

    private static AttributeData? Find(ISymbol symbol, string name)
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
}
