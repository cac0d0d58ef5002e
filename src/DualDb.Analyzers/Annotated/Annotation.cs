using System.Collections.Generic;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Annotated;

/// <summary>An attribute of this SDK on a member, as it is written.</summary>
/// <param name="attribute">The attribute.</param>
/// <param name="bearer">The property or the constructor parameter that carries it.</param>
internal sealed class Annotation(AttributeData attribute, ISymbol bearer)
{
    private static readonly HashSet<string> Names = new(System.StringComparer.Ordinal)
    {
        "KeyAttribute", "ColumnAttribute", "NotMappedAttribute", "ReferencesAttribute", "UniqueAttribute", "IndexAttribute", "VersionAttribute",
        "CreatedAtAttribute", "UpdatedAtAttribute", "SoftDeleteAttribute", "StoredAsTextAttribute", "JsonbAttribute",
        "DefaultSqlAttribute", "CheckAttribute", "CommentAttribute", "RenamedFromAttribute",
    };

    public AttributeData Attribute { get; } = attribute;

    public ISymbol Bearer { get; } = bearer;

    /// <summary>Its name without <c>Attribute</c>.</summary>
    public string Name => NameOf(Attribute);

    public bool Is(string name) => Attribute.AttributeClass!.Name == name;

    /// <summary>The annotations on a type's properties and on the parameters of its constructors.</summary>
    public static IEnumerable<Annotation> In(INamedTypeSymbol type)
    {
        foreach (var bearer in Bearers(type))
        {
            foreach (var attribute in bearer.GetAttributes())
            {
                if (attribute.AttributeClass is { } attributeClass
                    && Names.Contains(attributeClass.Name)
                    && TypeNames.Is(attributeClass, Annotations.Namespace, attributeClass.Name))
                {
                    yield return new Annotation(attribute, bearer);
                }
            }
        }
    }

    /// <summary>What can carry annotations: the properties of a type and the parameters of its constructors.</summary>
    public static IEnumerable<ISymbol> Bearers(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol)
            {
                yield return member;
            }
            else if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    yield return parameter;
                }
            }
        }
    }

    public static string NameOf(AttributeData attribute)
    {
        var name = attribute.AttributeClass!.Name;
        return name.Substring(0, name.Length - "Attribute".Length);
    }

    /// <summary>A bearer as messages show it.</summary>
    public static string Display(INamedTypeSymbol type, ISymbol bearer) => type.Name + "." + bearer.Name;
}
