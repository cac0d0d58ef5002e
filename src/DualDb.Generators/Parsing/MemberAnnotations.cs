using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>
/// The attributes of one member: those on the property, on the parameter of the positional record behind it, and on the
/// properties it overrides; the first found of each wins.
/// </summary>
internal sealed class MemberAnnotations
{
    public AttributeData? Key { get; private set; }

    public AttributeData? Column { get; private set; }

    public AttributeData? NotMapped { get; private set; }

    public AttributeData? References { get; private set; }

    public AttributeData? Unique { get; private set; }

    public AttributeData? Index { get; private set; }

    public AttributeData? Version { get; private set; }

    public AttributeData? CreatedAt { get; private set; }

    public AttributeData? UpdatedAt { get; private set; }

    public AttributeData? SoftDelete { get; private set; }

    public AttributeData? StoredAsText { get; private set; }

    public AttributeData? Jsonb { get; private set; }

    public AttributeData? DefaultSql { get; private set; }

    public AttributeData? Comment { get; private set; }

    public AttributeData? RenamedFrom { get; private set; }

    public AttributeData? Sensitive { get; private set; }

    /// <summary>The conditions that stand on the member, in declared order.</summary>
    public List<AttributeData> Checks { get; } = [];

    /// <summary>Whether the member is marked <c>[Obsolete(error: true)]</c>: naming it in code is an error.</summary>
    public bool CannotBeNamed { get; private set; }

    /// <summary>Whether the member asks to be mapped although it is not public.</summary>
    public bool AsksToBeMapped => Key is not null || Column is not null;

    public static MemberAnnotations Of(IPropertySymbol property)
    {
        var annotations = new MemberAnnotations();
        for (var current = property; current is not null; current = current.OverriddenProperty)
        {
            annotations.AddAll(current);
            if (ParameterBehind(current) is { } parameter)
            {
                annotations.AddAll(parameter);
            }
        }

        return annotations;
    }

    /// <summary>
    /// The constructor parameter of a positional record that declares a property. Metadata does not tell which constructor is the
    /// primary one, so any parameter of the same name and type is taken.
    /// </summary>
    public static IParameterSymbol? ParameterBehind(IPropertySymbol property)
    {
        if (!property.ContainingType.IsRecord)
        {
            return null;
        }

        foreach (var constructor in property.ContainingType.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type))
                {
                    return parameter;
                }
            }
        }

        return null;
    }

    private void AddAll(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, "System", "ObsoleteAttribute"))
            {
                CannotBeNamed |= attribute.ConstructorArguments.Length == 2 && attribute.ConstructorArguments[1].Value is true;
            }
            else if (TypeNames.Is(attribute.AttributeClass, Annotations.Namespace, attribute.AttributeClass?.Name ?? ""))
            {
                Add(attribute);
            }
        }
    }

    private void Add(AttributeData attribute)
    {
        switch (attribute.AttributeClass!.Name)
        {
            case "KeyAttribute": Key ??= attribute; break;
            case "ColumnAttribute": Column ??= attribute; break;
            case "NotMappedAttribute": NotMapped ??= attribute; break;
            case "ReferencesAttribute": References ??= attribute; break;
            case "UniqueAttribute": Unique ??= attribute; break;
            case "IndexAttribute": Index ??= attribute; break;
            case "VersionAttribute": Version ??= attribute; break;
            case "CreatedAtAttribute": CreatedAt ??= attribute; break;
            case "UpdatedAtAttribute": UpdatedAt ??= attribute; break;
            case "SoftDeleteAttribute": SoftDelete ??= attribute; break;
            case "StoredAsTextAttribute": StoredAsText ??= attribute; break;
            case "JsonbAttribute": Jsonb ??= attribute; break;
            case "DefaultSqlAttribute": DefaultSql ??= attribute; break;
            case "CommentAttribute": Comment ??= attribute; break;
            case "RenamedFromAttribute": RenamedFrom ??= attribute; break;
            case "SensitiveAttribute": Sensitive ??= attribute; break;
            case "CheckAttribute": Checks.Add(attribute); break;
            default: break;
        }
    }
}
