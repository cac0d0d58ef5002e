using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>References to other entities, and columns that are unique or indexed together.</summary>
internal static class RelationParser
{
    public static EquatableArray<ReferenceSpec> References(ParseContext context, EntityHeader header, List<MappedColumn> columns)
    {
        var references = new List<ReferenceSpec>();
        foreach (var column in columns)
        {
            if (column.Annotations.References is { } attribute && ParseReference(context, header, column, attribute) is { } reference)
            {
                references.Add(reference);
            }
        }

        return references.ToEquatableArray();
    }

    private static ReferenceSpec? ParseReference(ParseContext context, EntityHeader header, MappedColumn column, AttributeData attribute)
    {
        if (attribute.AttributeClass is not { TypeArguments.Length: 1 } reference
            || reference.TypeArguments[0] is not INamedTypeSymbol { TypeKind: not TypeKind.Error } target)
        {
            context.MarkFaulty();
            return null;
        }

        var name = column.Property.Name;
        if (EntityHeader.Of(target) is not { } targetHeader)
        {
            context.Report(ProblemKind.ReferenceToNonEntity, column.Property, attribute, name, ParseContext.Display(target));
            return null;
        }

        var key = EntityHeader.KeyMembers(target);
        if (key.Count > 1)
        {
            context.Report(ProblemKind.ReferenceToCompositeKey, column.Property, attribute, name, ParseContext.Display(target));
            return null;
        }

        // A target without a key is reported where it is declared.
        if (key.Count == 1 && !SymbolEqualityComparer.Default.Equals(key[0].Type, ColumnParser.Unwrap(column.Property.Type).Type))
        {
            context.Report(
                ProblemKind.ReferenceToOtherKeyType, column.Property, attribute, name, column.DisplayType, ParseContext.Display(target), ParseContext.Display(key[0].Type));
            return null;
        }

        var foreignKey = key.Count == 1 && targetHeader.Database == header.Database
            ? new ForeignKeySpec(targetHeader.Schema, targetHeader.Table, ColumnNameOf(key[0]))
            : null;
        return new ReferenceSpec(column.Column.Ordinal, target.Name, TypeNames.Plain(target), targetHeader.Database, foreignKey);
    }

    private static string ColumnNameOf(IPropertySymbol property)
        => Annotations.FirstText(MemberAnnotations.Of(property).Column) ?? Naming.SnakeCase(property.Name);

    /// <summary>Columns grouped by the name their attributes share; each column without a name is a group of its own.</summary>
    public static EquatableArray<ColumnGroupSpec> Groups(
        ParseContext context, List<MappedColumn> columns, string what, Func<MemberAnnotations, AttributeData?> attributeOf)
    {
        var groups = new List<ColumnGroup>();
        foreach (var column in columns)
        {
            if (attributeOf(column.Annotations) is not { } attribute)
            {
                continue;
            }

            var name = Annotations.Named(attribute, "Name") as string;
            if (name is not null)
            {
                NameRules.Check(context, column.Property, attribute, what, name);
            }

            var existing = name is null ? -1 : groups.FindIndex(group => group.Name == name);
            if (existing < 0)
            {
                existing = groups.Count;
                groups.Add(new ColumnGroup { Name = name });
            }

            groups[existing].Ordinals.Add(column.Column.Ordinal);
            groups[existing].Where ??= Annotations.Named(attribute, "Where") as string;
            groups[existing].Method ??= Annotations.Named(attribute, "Method") as string;
        }

        return groups.ConvertAll(static group => new ColumnGroupSpec(group.Name, group.Ordinals.ToEquatableArray(), group.Where, group.Method)).ToEquatableArray();
    }

    private sealed class ColumnGroup
    {
        public string? Name { get; set; }

        public List<int> Ordinals { get; } = [];

        public string? Where { get; set; }

        public string? Method { get; set; }
    }

    /// <summary>Refuses members that appear in method signatures although their types cannot be named by whoever can name the entity.</summary>
    /// <returns>The columns that signatures may speak of.</returns>
    public static List<MappedColumn> CheckSignatures(ParseContext context, List<MappedColumn> columns)
    {
        foreach (var column in columns)
        {
            var annotations = column.Annotations;
            if (!column.Column.TypeIsAsVisibleAsEntity && (annotations.Key ?? annotations.References ?? annotations.Unique) is { } attribute)
            {
                context.Report(ProblemKind.InaccessibleMemberType, column.Property, attribute, column.Property.Name, column.DisplayType);
            }
        }

        return columns.FindAll(static column => column.Column.TypeIsAsVisibleAsEntity);
    }
}
