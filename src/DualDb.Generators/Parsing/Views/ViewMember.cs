using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>A member of a view, before its path is known.</summary>
/// <param name="property">The property.</param>
/// <param name="collection">How it holds many rows; none where it holds one.</param>
/// <param name="element">The entity or view that it holds.</param>
/// <param name="isNullable">Whether it accepts null.</param>
internal sealed class ViewMember(IPropertySymbol property, CollectionKind collection, INamedTypeSymbol element, bool isNullable)
{
    public IPropertySymbol Property { get; } = property;

    public string Name => Property.Name;

    public CollectionKind Collection { get; } = collection;

    public bool IsList => Collection != CollectionKind.None;

    /// <summary>The entity or view that it holds.</summary>
    public INamedTypeSymbol Element { get; } = element;

    /// <summary>The entity of its rows: the element, or the root of the view that it holds.</summary>
    public ViewEntity Entity { get; set; } = null!;

    public bool IsView => ViewMembers.IsView(Element);

    public bool IsNullable { get; } = isNullable;

    public ViewAnnotations Annotations { get; } = ViewAnnotations.Of(property);
}
