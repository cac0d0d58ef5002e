using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What is marked with <c>[Sensitive]</c>.</summary>
internal static class Sensitivity
{
    private const string Attribute = "SensitiveAttribute";

    /// <summary>Whether all values of a type are.</summary>
    public static bool Of(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Annotations.Find(current, Attribute) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type, or anything that its values hold, is: a column of it is one value, and is masked as a whole.</summary>
    public static bool Holds(ITypeSymbol type) => Holds(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static bool Holds(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (type is IArrayTypeSymbol array)
        {
            return Holds(array.ElementType, seen);
        }

        if (type is not INamedTypeSymbol named || type.TypeKind == TypeKind.Enum || !seen.Add(type))
        {
            return false;
        }

        foreach (var argument in named.TypeArguments)
        {
            if (Holds(argument, seen))
            {
                return true;
            }
        }

        return Of(named) || (IsUsers(named) && MembersHold(named, seen));
    }

    // The members of the framework's types are nothing that a user has marked, and there are many.
    private static bool IsUsers(INamedTypeSymbol type)
    {
        var outermost = type.ContainingNamespace;
        while (outermost is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            outermost = outermost.ContainingNamespace;
        }

        return outermost is null || outermost.Name is not ("System" or "Microsoft" or "Npgsql" or "NpgsqlTypes");
    }

    private static bool MembersHold(INamedTypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        foreach (var property in MemberCollector.InstanceProperties(type))
        {
            if (MemberAnnotations.Of(property).Sensitive is not null || Holds(property.Type, seen))
            {
                return true;
            }
        }

        return false;
    }
}
