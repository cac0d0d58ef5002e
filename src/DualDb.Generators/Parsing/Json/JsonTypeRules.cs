using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which types of the user's are objects of JSON: those whose members, and no others, make up a value.</summary>
internal static class JsonTypeRules
{
    /// <summary>Why a type is none, as what is said of it, and what to do; null where it is one.</summary>
    public static (string Why, string Next)? Fault(ITypeSymbol type, INamedTypeSymbol within, Compilation compilation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsRefLikeType: false } named)
        {
            return type.TypeKind == TypeKind.Interface
                ? ("is an interface, so that reading could not tell which class to make", "Use the class")
                : ("has no form in JSON", "Use another type");
        }

        if (type.SpecialType == SpecialType.System_Object)
        {
            return ("can be anything, so that reading could not tell what to make", "Use the type that it is");
        }

        if (named.IsTupleType)
        {
            return ("is a tuple, whose elements have no names of their own", "Declare a record");
        }

        if (ImplementsEnumerable(named))
        {
            return ("is a collection of a kind that generated code cannot fill", "Use an array, a List<T>, or a Dictionary<string, T>");
        }

        if (IsOfFramework(named))
        {
            return ("belongs to a library that does not say how it is written", "Use a type of your own that holds what is needed of it");
        }

        if (named.IsAbstract)
        {
            return ("is abstract, so that reading could not tell which class to make", "Use the class that derives from it");
        }

        return HiddenFault(named, within, compilation) ?? Polymorphic(named);
    }

    /// <summary>Why generated code cannot name a type; null where it can.</summary>
    public static (string Why, string Next)? HiddenFault(INamedTypeSymbol type, INamedTypeSymbol within, Compilation compilation)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
            {
                return ("is file-local, so that generated code in another file cannot name it", "Make it internal");
            }
        }

        return compilation.IsSymbolAccessibleWithin(type, within) ? null : ("is hidden from generated code", "Make it internal or public");
    }

    private static (string Why, string Next)? Polymorphic(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "JsonPolymorphicAttribute" or "JsonDerivedTypeAttribute"
                && TypeNames.Is(attribute.AttributeClass, JsonAnnotations.Namespace, attribute.AttributeClass.Name))
            {
                return ("stands for the types that derive from it, which generated code does not tell apart", "Use one type with the members of all, or one member per type");
            }
        }

        return null;
    }

    private static bool ImplementsEnumerable(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.SpecialType == SpecialType.System_Collections_IEnumerable)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        var outermost = type.ContainingNamespace;
        while (outermost is { ContainingNamespace.IsGlobalNamespace: false })
        {
            outermost = outermost.ContainingNamespace;
        }

        return outermost?.Name is "System" or "Microsoft" or "Npgsql" or "NpgsqlTypes";
    }
}
