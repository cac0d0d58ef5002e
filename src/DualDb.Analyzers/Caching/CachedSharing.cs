using System.Collections.Generic;
using System.Globalization;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Caching;

/// <summary>What callers share, and could change; and, of a view, what they could not be given again. A view shares its members as well.</summary>
internal static class CachedSharing
{
    private const int MostNamed = 3;

    public static void Check(CachedType cached)
    {
        var types = new List<INamedTypeSymbol>();
        var unreadable = new List<string>();
        Collect(cached, cached.Type, types, unreadable);
        foreach (var member in unreadable)
        {
            cached.Report(CachingRules.UnreadableMember, member);
        }

        if (Annotations.Named(cached.Attribute, "Clone") is true)
        {
            return;
        }

        var mutable = new List<string>();
        foreach (var type in types)
        {
            AddMutable(type, mutable);
        }

        if (mutable.Count > 0)
        {
            cached.Report(CachingRules.Mutable, Enumerate(mutable));
        }
    }

    // The type itself, and what a view holds.
    private static void Collect(CachedType cached, INamedTypeSymbol type, List<INamedTypeSymbol> types, List<string> unreadable)
    {
        if (types.Exists(known => SymbolEqualityComparer.Default.Equals(known, type)))
        {
            return;
        }

        types.Add(type);
        if (!ViewMembers.IsView(type))
        {
            return;
        }

        var parsing = cached.Parsing(type);
        foreach (var member in ViewMembers.Collect(parsing))
        {
            if (!ViewMembers.IsReadable(parsing, member.Property))
            {
                unreadable.Add(type.Name + "." + member.Name);
            }

            Collect(cached, member.Element, types, unreadable);
        }
    }

    private static void AddMutable(INamedTypeSymbol type, List<string> mutable)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is { IsStatic: false, IsImplicitlyDeclared: false } && CanBeSet(member))
                {
                    mutable.Add("'" + type.Name + "." + member.Name + "'");
                }
            }
        }
    }

    // What only the type itself can set is its own affair.
    private static bool CanBeSet(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter } => IsReachable(setter),
        IFieldSymbol { IsReadOnly: false, IsConst: false } field => IsReachable(field),
        _ => false,
    };

    private static bool IsReachable(ISymbol symbol)
        => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static string Enumerate(List<string> members)
    {
        var named = string.Join(", ", members.GetRange(0, members.Count < MostNamed ? members.Count : MostNamed));
        return members.Count <= MostNamed ? named : named + " and " + (members.Count - MostNamed).ToString(CultureInfo.InvariantCulture) + " more";
    }
}
