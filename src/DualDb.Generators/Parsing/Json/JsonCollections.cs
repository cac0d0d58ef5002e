using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which types are arrays of JSON, and which are objects whose members are entries.</summary>
internal static class JsonCollections
{
    private const string Generic = "System.Collections.Generic";

    // Each of these takes a List<T>.
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "List", "IList", "ICollection", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection",
    };

    private static readonly HashSet<string> Dictionaries = new(StringComparer.Ordinal) { "Dictionary", "IDictionary", "IReadOnlyDictionary" };

    /// <summary>The kind of collection and the type of its elements or values; null for other types.</summary>
    public static (JsonTypeKind Kind, ITypeSymbol Element)? Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => (JsonTypeKind.Array, array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: 1 } named when Lists.Contains(named.Name) && TypeNames.Is(named, Generic, named.Name)
            => (JsonTypeKind.List, named.TypeArguments[0]),
        INamedTypeSymbol { TypeArguments.Length: 1 } named when TypeNames.Is(named, "System.Collections.Immutable", "ImmutableArray")
            => (JsonTypeKind.ImmutableArray, named.TypeArguments[0]),
        INamedTypeSymbol { TypeArguments.Length: 2 } named when Dictionaries.Contains(named.Name) && TypeNames.Is(named, Generic, named.Name)
            && named.TypeArguments[0].SpecialType == SpecialType.System_String
            => (JsonTypeKind.Dictionary, named.TypeArguments[1]),
        _ => null,
    };

    /// <summary>The type that a collection is read into.</summary>
    public static string Type(JsonTypeKind kind, string element) => kind switch
    {
        JsonTypeKind.Array => element + "[]",
        JsonTypeKind.ImmutableArray => $"global::System.Collections.Immutable.ImmutableArray<{element}>",
        JsonTypeKind.Dictionary => $"global::System.Collections.Generic.Dictionary<string, {element}>",
        _ => $"global::System.Collections.Generic.List<{element}>",
    };
}
