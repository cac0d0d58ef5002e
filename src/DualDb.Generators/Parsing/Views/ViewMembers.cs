using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which properties of a view are its members.</summary>
internal static class ViewMembers
{
    public static bool IsView(INamedTypeSymbol type) => Annotations.Find(type, "UnifiedViewAttribute") is not null;

    /// <summary>The members in the order of declaration. What is neither entity nor view is computed, or left to the caller to fill.</summary>
    public static List<ViewMember> Collect(ParseContext context)
    {
        var members = new List<ViewMember>();
        foreach (var property in MemberCollector.InstanceProperties(context.Entity))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var isParameter = MemberCollector.IsConstructorParameter(context.Entity, property);
            if (property.DeclaredAccessibility != Accessibility.Public || (MemberCollector.FindSetter(property) is null && !isParameter))
            {
                continue;
            }

            var (collection, element) = Collections.Unwrap(property.Type);
            if (element is INamedTypeSymbol { TypeKind: not TypeKind.Error } type && IsRead(type) && !(collection != CollectionKind.None && IsAnnotated(element)))
            {
                members.Add(new ViewMember(property, collection, type, collection == CollectionKind.None && IsAnnotated(property.Type)));
            }
            else if (element.TypeKind == TypeKind.Error)
            {
                context.MarkFaulty();
            }
            else if (property.IsRequired || IsNeeded(context.Entity, property))
            {
                context.Report(ProblemKind.ViewMemberType, property, null, property.Name, ParseContext.Display(property.Type));
            }
        }

        return members;
    }

    /// <summary>The member whose key is the view's: the first that is neither nullable nor a list.</summary>
    public static ViewMember? Root(List<ViewMember> members) => members.Find(static member => member is { IsNullable: false, IsList: false });

    /// <summary>Whether generated code can read a member, as the payload of a cached view needs it.</summary>
    public static bool IsReadable(ParseContext context, IPropertySymbol property)
        => MemberCollector.AccessTo(context, property, MemberCollector.FindGetter(property)) == MemberAccess.Project;

    private static bool IsRead(INamedTypeSymbol type) => EntityHeader.Of(type) is not null || IsView(type);

    private static bool IsAnnotated(ITypeSymbol type) => type.NullableAnnotation == NullableAnnotation.Annotated;

    // Whether no instance can be made without a value for it.
    private static bool IsNeeded(INamedTypeSymbol type, IPropertySymbol property)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (!parameter.IsOptional && ConstructorChooser.Matches(parameter, property))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
