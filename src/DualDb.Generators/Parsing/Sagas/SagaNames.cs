using System;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The types of <c>DualDb.Consistency.Sagas</c>, recognised by name.</summary>
internal static class SagaNames
{
    public const string Namespace = "DualDb.Consistency.Sagas";
    public const string SagaMetadataName = Namespace + ".SagaAttribute";

    /// <summary>The name of the property of a root.</summary>
    public const string RootProperty = "Sagas";

    private const string Suffix = "Saga";

    /// <summary>The members of what the property holds, which no saga's own property can be called like.</summary>
    private static readonly string[] Reserved = ["BringAsync", "Engine", "Equals", "GetHashCode", "GetType", "InstallAsync", "MemberwiseClone", "Operations", "Options", "ToString", "Attach", "Finalize"];

    /// <summary>The attribute of that name on a symbol, or null.</summary>
    public static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, name))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether a type is the one of that name.</summary>
    public static bool Is(ITypeSymbol? type, string name) => TypeNames.Is(type, Namespace, name);

    /// <summary>The property of a saga: the name of its class, without <c>Saga</c> at the end.</summary>
    public static string PropertyOf(INamedTypeSymbol type)
        => type.Name.Length > Suffix.Length && type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - Suffix.Length) : type.Name;

    /// <summary>Whether a saga's property cannot be called so.</summary>
    public static bool IsReserved(string property) => Array.IndexOf(Reserved, property) >= 0;
}
