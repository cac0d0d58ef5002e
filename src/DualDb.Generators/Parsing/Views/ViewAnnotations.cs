using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The attributes of one member of a view: those on the property and on the parameter of the positional record behind it.</summary>
internal sealed class ViewAnnotations
{
    private readonly List<AttributeData> _orders = [];

    public AttributeData? Via { get; private set; }

    public AttributeData? Take { get; private set; }

    /// <summary>The orders, the first decides first.</summary>
    public IReadOnlyList<AttributeData> Orders => _orders;

    public AttributeData? OnMissing { get; private set; }

    public AttributeData? OnFailure { get; private set; }

    public static ViewAnnotations Of(IPropertySymbol property)
    {
        var annotations = new ViewAnnotations();
        annotations.AddAll(property);
        if (MemberAnnotations.ParameterBehind(property) is { } parameter)
        {
            annotations.AddAll(parameter);
        }

        return annotations;
    }

    private void AddAll(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, Annotations.Namespace, attribute.AttributeClass?.Name ?? ""))
            {
                Add(attribute);
            }
        }
    }

    private void Add(AttributeData attribute)
    {
        switch (attribute.AttributeClass!.Name)
        {
            case "ViaAttribute": Via ??= attribute; break;
            case "TakeAttribute": Take ??= attribute; break;
            case "OrderByAttribute": _orders.Add(attribute); break;
            case "OnMissingAttribute": OnMissing ??= attribute; break;
            case "OnFailureAttribute": OnFailure ??= attribute; break;
            default: break;
        }
    }
}
