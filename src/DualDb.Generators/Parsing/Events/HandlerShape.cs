using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which classes handle events, and which of those the container can make.</summary>
internal static class HandlerShape
{
    /// <summary>The types that a class handles, in the order of declaration, whether they are events or not.</summary>
    public static List<ITypeSymbol> Handled(INamedTypeSymbol type)
    {
        var handled = new List<ITypeSymbol>();
        if (type.TypeKind == TypeKind.Class)
        {
            foreach (var contract in type.AllInterfaces)
            {
                if (contract.TypeArguments.Length == 1 && EventNames.Is(contract, "IEventHandler"))
                {
                    handled.Add(contract.TypeArguments[0]);
                }
            }
        }

        return handled;
    }

    /// <summary>Whether a type is an event of this project, whose other part is being generated.</summary>
    public static bool IsOwnEvent(ITypeSymbol type, Compilation compilation)
        => EventNames.Find(type, "DomainEventAttribute") is not null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    /// <summary>Whether a type is an event.</summary>
    public static bool IsEvent(ITypeSymbol type, Compilation compilation)
        => IsOwnEvent(type, compilation) || EventNames.ImplementsForItself(type, "IDomainEvent");

    /// <summary>Why a handler cannot be registered, as what is said of it, and what to do; null where it can.</summary>
    public static (string Why, string Next)? NotRegistered(INamedTypeSymbol type)
    {
        if (type.IsAbstract)
        {
            return ("it is abstract", "Derive a class from it, or remove the modifier");
        }

        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.TypeParameters.Length > 0)
            {
                return ($"'{current.Name}' is generic", "Derive a class from it that names the types, or remove the type parameters");
            }

            if (DeclarationRules.HiddenAs(current) is { } hidden)
            {
                return ($"'{current.Name}' is {hidden}, so that generated code elsewhere in the project cannot name it", $"Make '{current.Name}' internal or public");
            }
        }

        return null;
    }
}
