using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which types hold many values in one column.</summary>
internal static class Collections
{
    /// <summary>The kind of collection, and the type of its elements; the type itself where it is none.</summary>
    public static (CollectionKind Kind, ITypeSymbol Element) Unwrap(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            // byte[] is one value, a bytea.
            return array.ElementType.SpecialType == SpecialType.System_Byte ? (CollectionKind.None, type) : (CollectionKind.Array, array.ElementType);
        }

        if (type is INamedTypeSymbol { TypeArguments.Length: 1 } named)
        {
            if (TypeNames.Is(type, "System.Collections.Generic", "List"))
            {
                return (CollectionKind.List, named.TypeArguments[0]);
            }

            if (TypeNames.Is(type, "System.Collections.Generic", "IReadOnlyList"))
            {
                return (CollectionKind.ReadOnlyList, named.TypeArguments[0]);
            }

            if (TypeNames.Is(type, "System.Collections.Immutable", "ImmutableArray"))
            {
                return (CollectionKind.ImmutableArray, named.TypeArguments[0]);
            }
        }

        return (CollectionKind.None, type);
    }

    /// <summary>
    /// The collection with elements that say that they may be null, in place of elements of which nothing is known: generated code is
    /// annotated even where the model is not.
    /// </summary>
    public static ITypeSymbol WithNullableElements(Compilation compilation, ITypeSymbol type, ITypeSymbol element)
        => type is INamedTypeSymbol named
            ? named.OriginalDefinition.Construct([element], [NullableAnnotation.Annotated])
            : compilation.CreateArrayTypeSymbol(element, rank: 1, NullableAnnotation.Annotated);
}
