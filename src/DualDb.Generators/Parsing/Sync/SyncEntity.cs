using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>An entity as maps see it.</summary>
/// <param name="type">The entity.</param>
/// <param name="facts">What was read of it.</param>
/// <param name="counters">Its members that count.</param>
internal sealed class SyncEntity(INamedTypeSymbol type, EntitySpec facts, HashSet<string> counters)
{
    public INamedTypeSymbol Type { get; } = type;

    public EntitySpec Facts { get; } = facts;

    public SyncTableSpec Table => new(Facts.Database, Facts.Schema, Facts.Table, Facts.Type.FullName);

    public bool Counts(ColumnSpec column) => counters.Contains(column.Member);

    public bool IsKey(ColumnSpec column) => column.Role == ColumnRole.Key;

    /// <summary>The column of a member; null where it is none.</summary>
    public ColumnSpec? Column(string? member)
    {
        foreach (var column in Facts.Columns)
        {
            if (column.Member == member)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>A column as messages show it.</summary>
    public string Show(ColumnSpec column) => Type.Name + "." + column.Member;

    /// <summary>Whether an insert that does not name the column fails.</summary>
    public bool Requires(ColumnSpec column) => !column.IsNullable && column.Role == ColumnRole.None;

    /// <summary>An entity; null where a type is none, or has faults, which are reported where it is declared.</summary>
    public static SyncEntity? Parse(INamedTypeSymbol type, ParseContext context)
    {
        if (EntityParser.Parse(type, context.Compilation, sink: null, context.CancellationToken) is not { } facts)
        {
            return null;
        }

        // An entity of a referenced project is compiled, so that whatever the parser misses of its source is there.
        if (facts.Key.Count == 0 || (facts.Level != EmissionLevel.Full && type.DeclaringSyntaxReferences.Length > 0))
        {
            context.MarkFaulty();
            return null;
        }

        return new SyncEntity(type, facts, CountersOf(type));
    }

    private static HashSet<string> CountersOf(INamedTypeSymbol type)
    {
        var counters = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in MemberCollector.InstanceProperties(type))
        {
            if ((SyncNames.Find(property, "CounterAttribute") ?? (MemberAnnotations.ParameterBehind(property) is { } parameter ? SyncNames.Find(parameter, "CounterAttribute") : null)) is not null)
            {
                counters.Add(property.Name);
            }
        }

        return counters;
    }
}
