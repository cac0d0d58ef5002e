using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which methods references and unique columns call for, and that no two of them are the same.</summary>
internal static class LookupRules
{
    /// <summary>The method that finds a row by a constraint's members, in their order.</summary>
    public static string FindBy(IEnumerable<string> members) => "FindBy" + string.Join("And", members) + "Async";

    /// <summary>The method that lists the rows of many keys.</summary>
    public static string ListByMany(string member) => "ListBy" + Naming.Set(member) + "Async";

    /// <summary>The constraints whose methods are not taken. <c>BAndC</c> and <c>B</c> with <c>C</c> would both be found by <c>FindByBAndCAsync</c>.</summary>
    public static EquatableArray<ColumnGroupSpec> Distinct(ParseContext context, List<MappedColumn> columns, EquatableArray<ColumnGroupSpec> uniques)
        => Distinct(
            context,
            uniques,
            group => FindBy(MembersOf(columns, group)),
            group => Find(columns, group.Ordinals[0]),
            static column => column.Annotations.Unique);

    /// <summary>The references whose methods are not taken. <c>Child</c> and <c>Children</c> would both be listed by <c>ListByChildrenAsync</c>.</summary>
    public static EquatableArray<ReferenceSpec> Distinct(ParseContext context, List<MappedColumn> columns, EquatableArray<ReferenceSpec> references)
        => Distinct(
            context,
            references,
            reference => ListByMany(Find(columns, reference.Ordinal).Property.Name),
            reference => Find(columns, reference.Ordinal),
            static column => column.Annotations.References);

    private static EquatableArray<T> Distinct<T>(
        ParseContext context, EquatableArray<T> lookups, Func<T, string> methodOf, Func<T, MappedColumn> columnOf, Func<MappedColumn, AttributeData?> attributeOf)
        where T : IEquatable<T>
    {
        var distinct = new List<T>();
        var holders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var lookup in lookups)
        {
            var (method, column) = (methodOf(lookup), columnOf(lookup));
            if (holders.TryGetValue(method, out var holder))
            {
                context.Report(ProblemKind.DuplicateLookup, column.Property, attributeOf(column), column.Property.Name, method, holder);
            }
            else
            {
                holders.Add(method, column.Property.Name);
                distinct.Add(lookup);
            }
        }

        return distinct.ToEquatableArray();
    }

    private static List<string> MembersOf(List<MappedColumn> columns, ColumnGroupSpec group)
    {
        var members = new List<string>();
        foreach (var ordinal in group.Ordinals)
        {
            members.Add(Find(columns, ordinal).Property.Name);
        }

        return members;
    }

    private static MappedColumn Find(List<MappedColumn> columns, int ordinal) => columns.Find(column => column.Column.Ordinal == ordinal)!;
}
