using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>A column of the target, and what it is filled with.</summary>
/// <param name="source">The column that it is copied from; null where an expression makes the value.</param>
/// <param name="target">The column.</param>
/// <param name="sql">The expression; null where the column is copied.</param>
internal sealed class SyncPair(ColumnSpec? source, ColumnSpec target, string? sql)
{
    public ColumnSpec? Source { get; } = source;

    public ColumnSpec Target { get; } = target;

    public string? Sql { get; } = sql;
}

/// <summary>Finds what each column of a target is filled with: what <c>[SyncColumn]</c> says, or the property of the same name.</summary>
/// <param name="context">The declaration.</param>
/// <param name="map"><c>[SyncMap]</c>.</param>
/// <param name="source">The entity whose rows are copied.</param>
/// <param name="target">The entity that they are copied to.</param>
internal sealed class SyncPairs(ParseContext context, AttributeData map, SyncEntity source, SyncEntity target)
{
    private readonly Dictionary<string, AttributeData> _named = new(StringComparer.Ordinal);

    public List<SyncPair> Parse()
    {
        foreach (var attribute in context.Entity.GetAttributes())
        {
            if (SyncNames.Is(attribute.AttributeClass, "SyncColumnAttribute") || SyncNames.Is(attribute.AttributeClass, "SyncIgnoreAttribute"))
            {
                Add(attribute);
            }
        }

        var pairs = new List<SyncPair>();
        foreach (var column in target.Facts.Columns)
        {
            if (PairOf(column) is { } pair)
            {
                pairs.Add(pair);
            }
        }

        return pairs;
    }

    private void Add(AttributeData attribute)
    {
        if (Annotations.FirstText(attribute) is not { } member)
        {
            context.MarkFaulty();
        }
        else if (target.Column(member) is null)
        {
            Refuse(attribute, $"'{target.Type.Name}' has no mapped property '{member}'", "Name one that it has");
        }
        else if (_named.ContainsKey(member))
        {
            Refuse(attribute, $"it says twice what '{target.Type.Name}.{member}' is filled with", "Remove one of the two");
        }
        else
        {
            _named.Add(member, attribute);
        }
    }

    private SyncPair? PairOf(ColumnSpec column)
    {
        if (!_named.TryGetValue(column.Member, out var attribute))
        {
            return ByName(column);
        }

        if (SyncNames.Is(attribute.AttributeClass, "SyncIgnoreAttribute"))
        {
            if (target.Requires(column))
            {
                Unfilled(attribute, column, "it takes no null, so that no row could be inserted without it", "Fill it with [SyncColumn], or let it be null");
            }

            return null;
        }

        var (from, sql) = (Annotations.Named(attribute, "From") as string, Annotations.Named(attribute, "Sql") as string);
        if (from is null == string.IsNullOrWhiteSpace(sql))
        {
            Refuse(attribute, $"'{target.Show(column)}' is filled {(from is null ? "with nothing" : "from a property and from an expression")}", "Write either From or Sql");
            return null;
        }

        if (from is null)
        {
            return new SyncPair(source: null, column, sql);
        }

        if (source.Column(from) is not { } copied)
        {
            Refuse(attribute, $"'{source.Type.Name}' has no mapped property '{from}'", "Name one that it has");
            return null;
        }

        return new SyncPair(copied, column, sql: null);
    }

    private SyncPair? ByName(ColumnSpec column)
    {
        if (source.Column(column.Member) is { } same)
        {
            return new SyncPair(same, column, sql: null);
        }

        // What the target's database or its own writers fill: versions and times. A key is said more about elsewhere.
        if (column.Role is ColumnRole.None)
        {
            Unfilled(
                map,
                column,
                $"'{source.Type.Name}' has no property of that name",
                target.Requires(column) ? "Fill it with [SyncColumn], or let it be null and leave it alone with [SyncIgnore]" : "Fill it with [SyncColumn], or leave it alone with [SyncIgnore]");
        }

        return null;
    }

    private void Unfilled(AttributeData attribute, ColumnSpec column, string why, string next)
        => context.Report(ProblemKind.SyncUnfilled, context.Entity, attribute, target.Show(column), why, next);

    private void Refuse(AttributeData attribute, string why, string next) => context.Report(ProblemKind.SyncColumn, context.Entity, attribute, why, next);
}
