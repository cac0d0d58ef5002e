using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Who can name a type.</summary>
internal static class Visibility
{
    /// <summary>Whether a type, all around it and all its type arguments are public.</summary>
    public static bool IsPublic(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return IsPublic(array.ElementType);
            case INamedTypeSymbol named:
                for (var current = named; current is not null; current = current.ContainingType)
                {
                    if (current.DeclaredAccessibility != Accessibility.Public)
                    {
                        return false;
                    }
                }

                foreach (var argument in named.TypeArguments)
                {
                    if (!IsPublic(argument))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }
}
