using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The types of <c>DualDb.Consistency.Events</c>, recognised by name.</summary>
internal static class EventNames
{
    public const string Namespace = "DualDb.Consistency.Events";
    public const string EventMetadataName = Namespace + ".DomainEventAttribute";

    /// <summary>The name of the property of a root.</summary>
    public const string RootProperty = "Events";

    /// <summary>The longest name that events and handlers are stored under.</summary>
    public const int MaxLength = 200;

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

    /// <summary>Whether a type implements an interface of one type argument for itself.</summary>
    public static bool ImplementsForItself(ITypeSymbol type, string contract)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.TypeArguments.Length == 1
                && Is(implemented, contract)
                && SymbolEqualityComparer.Default.Equals(implemented.TypeArguments[0], type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is wrong with a name that is stored; null where it is right.</summary>
    public static string? Fault(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "it is empty";
        }

        foreach (var c in name)
        {
            if (char.IsControl(c))
            {
                return "it contains a control character";
            }
        }

        return JsonMethodNames.HasLoneSurrogate(name) ? "it contains half a surrogate pair"
            : name.Length > MaxLength ? "it is longer than 200 characters"
            : null;
    }
}
