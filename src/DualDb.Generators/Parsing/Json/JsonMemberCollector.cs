using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which members of a type are written: the public properties that can be given back to it.</summary>
internal static class JsonMemberCollector
{
    /// <param name="type">The type.</param>
    /// <param name="within">The type that generated code is nested in.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="refuse">Is told of each member that holds a value and could not be given it back.</param>
    public static List<JsonMember> Collect(INamedTypeSymbol type, INamedTypeSymbol within, Compilation compilation, Action<ISymbol, string, string> refuse)
    {
        RefuseFields(type, refuse);
        var members = new List<JsonMember>();
        foreach (var property in MemberCollector.InstanceProperties(type))
        {
            bool CanCall(IMethodSymbol? accessor) => accessor is not null && compilation.IsSymbolAccessibleWithin(accessor, within, type);
            var getter = MemberCollector.FindGetter(property);
            if (JsonAnnotations.IsIgnored(property))
            {
                RefuseRequired(property, refuse);
            }
            else if (IsWritten(property, getter))
            {
                var isSettable = CanCall(MemberCollector.FindSetter(property));
                if (!CanCall(getter) || MemberAnnotations.Of(property).CannotBeNamed)
                {
                    refuse(property, "cannot be read by generated code", "Make it accessible, or mark it with [JsonIgnore]");
                }
                else if (isSettable || MemberCollector.IsConstructorParameter(type, property))
                {
                    members.Add(new JsonMember(property, isSettable));
                }
                else if (MemberCollector.IsStored(property))
                {
                    refuse(property, "holds a value that could not be set again when it is read", "Give it an init accessor, or mark it with [JsonIgnore]");
                }
            }
        }

        return members;
    }

    private static bool IsWritten(IPropertySymbol property, IMethodSymbol? getter)
        => (property.DeclaredAccessibility == Accessibility.Public && getter?.DeclaredAccessibility == Accessibility.Public)
            || (getter is not null && JsonAnnotations.IsIncluded(property));

    private static void RefuseRequired(IPropertySymbol property, Action<ISymbol, string, string> refuse)
    {
        if (property.IsRequired)
        {
            refuse(property, "is required and is left out, so that no instance could be made", "Remove [JsonIgnore], or the required modifier");
        }
    }

    private static void RefuseFields(INamedTypeSymbol type, Action<ISymbol, string, string> refuse)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public }
                    && !JsonAnnotations.IsIgnored(member))
                {
                    refuse(member, "is a field, and only properties are written", "Make it a property, or mark it with [JsonIgnore]");
                }
            }
        }
    }
}
