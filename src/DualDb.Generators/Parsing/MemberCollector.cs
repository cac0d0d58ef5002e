using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which properties of an entity are columns, in which order.</summary>
internal static class MemberCollector
{
    /// <summary>
    /// The mapped members, base classes first, each class in the order of declaration. A property that is overridden or hidden
    /// appears once, in the place of the first declaration.
    /// </summary>
    public static List<MappedMember> Collect(ParseContext context)
    {
        var members = new List<MappedMember>();
        foreach (var property in InstanceProperties(context.Entity))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (Map(context, property) is { } member)
            {
                members.Add(member);
            }
        }

        return members;
    }

    /// <summary>All instance properties that are no indexers, base classes first, hidden ones left out.</summary>
    public static List<IPropertySymbol> InstanceProperties(INamedTypeSymbol type)
    {
        var chain = new List<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            chain.Insert(0, current);
        }

        var properties = new List<IPropertySymbol>();
        var places = new Dictionary<string, int>(System.StringComparer.Ordinal);
        foreach (var current in chain)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false } property
                    || !property.ExplicitInterfaceImplementations.IsEmpty
                    || IsEqualityContract(property))
                {
                    continue;
                }

                if (places.TryGetValue(property.Name, out var place))
                {
                    properties[place] = property;
                }
                else
                {
                    places.Add(property.Name, properties.Count);
                    properties.Add(property);
                }
            }
        }

        return properties;
    }

    private static bool IsEqualityContract(IPropertySymbol property)
        => property.Name == "EqualityContract" && property.ContainingType.IsRecord && property.DeclaredAccessibility != Accessibility.Public;

    private static MappedMember? Map(ParseContext context, IPropertySymbol property)
    {
        var annotations = MemberAnnotations.Of(property);
        var getter = AccessTo(context, property, FindGetter(property));
        var isPublic = property.DeclaredAccessibility == Accessibility.Public && FindGetter(property)?.DeclaredAccessibility == Accessibility.Public;
        if (annotations.NotMapped is not null || (!isPublic && !annotations.AsksToBeMapped))
        {
            return null;
        }

        if (getter == MemberAccess.None)
        {
            context.Report(ProblemKind.MemberCannotBeRead, property, null, property.Name);
            return null;
        }

        var setter = FindSetter(property);
        if (setter is null && !IsStored(property) && !annotations.AsksToBeMapped && !IsConstructorParameter(context.Entity, property))
        {
            // `public int TotalOrders => Orders.Count;` is computed from other members, not stored.
            return null;
        }

        if (annotations.CannotBeNamed)
        {
            context.Report(ProblemKind.MemberCannotBeUsed, property, null, property.Name);
            return null;
        }

        return new MappedMember(property, annotations, getter, AccessTo(context, property, setter));
    }

    // An override may declare only one of the two accessors; the other is inherited.
    internal static IMethodSymbol? FindGetter(IPropertySymbol property)
        => property.GetMethod ?? (property.OverriddenProperty is { } overridden ? FindGetter(overridden) : null);

    internal static IMethodSymbol? FindSetter(IPropertySymbol property)
        => property.SetMethod ?? (property.OverriddenProperty is { } overridden ? FindSetter(overridden) : null);

    internal static MemberAccess AccessTo(ParseContext context, IPropertySymbol property, IMethodSymbol? accessor)
    {
        if (accessor is null)
        {
            return MemberAccess.None;
        }

        if (context.Compilation.IsSymbolAccessibleWithin(property, context.Compilation.Assembly, context.Entity)
            && context.Compilation.IsSymbolAccessibleWithin(accessor, context.Compilation.Assembly, context.Entity))
        {
            return MemberAccess.Project;
        }

        return context.Compilation.IsSymbolAccessibleWithin(accessor, context.Entity, context.Entity) ? MemberAccess.Private : MemberAccess.None;
    }

    // Whether the property has a field behind it: an auto-property, or one that uses `field`.
    internal static bool IsStored(IPropertySymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            {
                return true;
            }
        }

        return HasCompilerMadeGetter(property);
    }

    // Of a referenced project the compiler shows neither the field nor a private setter; an auto-property's getter still bears this mark.
    private static bool HasCompilerMadeGetter(IPropertySymbol property)
    {
        if (property.GetMethod is null)
        {
            return false;
        }

        foreach (var attribute in property.GetMethod.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "CompilerGeneratedAttribute")
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsConstructorParameter(INamedTypeSymbol entity, IPropertySymbol property)
    {
        foreach (var constructor in entity.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (ConstructorChooser.Matches(parameter, property))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
