using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The conditions that rows of an entity fulfil.</summary>
internal static class CheckParser
{
    /// <summary>Those on the entity, then those on its members.</summary>
    public static EquatableArray<CheckSpec> Parse(ParseContext context, List<MappedColumn> columns)
    {
        var checks = new List<CheckSpec>();
        foreach (var attribute in context.Entity.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, Annotations.Namespace, "CheckAttribute"))
            {
                Add(context, context.Entity, attribute, ordinal: null, checks);
            }
        }

        foreach (var column in columns)
        {
            foreach (var attribute in column.Annotations.Checks)
            {
                Add(context, column.Property, attribute, column.Column.Ordinal, checks);
            }
        }

        return checks.ToEquatableArray();
    }

    private static void Add(ParseContext context, ISymbol bearer, AttributeData attribute, int? ordinal, List<CheckSpec> checks)
    {
        var name = Annotations.Named(attribute, "Name") as string;
        if (name is not null)
        {
            NameRules.Check(context, bearer, attribute, "constraint", name);
        }

        if (Annotations.FirstText(attribute) is { } sql)
        {
            checks.Add(new CheckSpec(name, ordinal, sql.Trim()));
        }
    }
}
