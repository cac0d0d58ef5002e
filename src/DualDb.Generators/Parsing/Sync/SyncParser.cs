using System;
using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Reads <c>[Sync]</c> and <c>[SyncMap]</c>: symbols in, plain facts out.</summary>
internal static class SyncParser
{
    /// <summary>The map of an entity that carries <c>[Sync]</c>; null where there is none, or it has faults.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SyncMapSpec? ParseCopy(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        if (SyncNames.Find(type, "SyncAttribute") is not { } attribute)
        {
            return null;
        }

        var context = new ParseContext(type, compilation, sink, cancellationToken);
        if (EntityHeader.Of(type) is not { } header)
        {
            context.Report(ProblemKind.SyncShape, type, attribute, "it is no entity", "Mark it with [Neon] or [Supabase], or write [SyncMap<TSource, TTarget>]");
            return null;
        }

        if (SyncEntity.Parse(type, context) is not { } source)
        {
            return null;
        }

        var target = CopyOf(context, attribute, header);
        var options = new SyncOptionsParser(context, attribute);
        var columns = new List<SyncPair>();
        foreach (var column in source.Facts.Columns)
        {
            columns.Add(new SyncPair(column, column, sql: null));
        }

        return Finish(context, attribute, options, filter: null, source, entity: null, target, columns, new SyncCopySpec(source.Facts.Columns, source.Facts.Key));
    }

    /// <summary>The map that a class declares with <c>[SyncMap]</c>; null where there is none, or it has faults.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SyncMapSpec? Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        if (SyncNames.Find(type, "SyncMapAttribute") is not { AttributeClass: { TypeArguments.Length: 2 } map } attribute
            || map.TypeArguments[0] is not INamedTypeSymbol from
            || map.TypeArguments[1] is not INamedTypeSymbol to)
        {
            return null;
        }

        var context = new ParseContext(type, compilation, sink, cancellationToken);
        var (source, target) = (EntityOf(context, attribute, from), EntityOf(context, attribute, to));
        if (source is null || target is null)
        {
            return null;
        }

        if (source.Facts.Database == target.Facts.Database)
        {
            context.Report(
                ProblemKind.SyncSameDatabase, type, attribute, $"'{from.Name}' and '{to.Name}' are both in {source.Facts.Database}", "Name entities of different databases");
            return null;
        }

        var options = new SyncOptionsParser(context, attribute);
        var filter = Annotations.Named(attribute, "Filter") as string;
        filter = string.IsNullOrWhiteSpace(filter) ? null : filter;
        var columns = new SyncPairs(context, attribute, source, target).Parse();
        SyncColumnRules.CheckTypes(context, attribute, options.IsTwoWay, source, target, columns);
        SyncColumnRules.CheckKey(context, attribute, source, target, columns);
        if (options.IsTwoWay)
        {
            SyncColumnRules.CheckWayBack(context, attribute, filter, source, columns);
        }

        return Finish(context, attribute, options, filter, source, target, target.Table, columns, copy: null);
    }

    private static SyncMapSpec? Finish(
        ParseContext context, AttributeData attribute, SyncOptionsParser options, string? filter, SyncEntity source, SyncEntity? entity, SyncTableSpec target, List<SyncPair> pairs, SyncCopySpec? copy)
    {
        var policy = options.Policy();
        var name = options.Name(source.Facts);
        var resolver = options.Resolver(source, policy);
        SyncColumnRules.CheckCounters(context, attribute, policy, source, pairs);
        if (resolver is not null)
        {
            SyncColumnRules.CheckWhole(context, attribute, source, pairs);
        }

        var columns = new List<SyncColumnSpec>();
        foreach (var pair in InOrder(source, pairs))
        {
            columns.Add(new SyncColumnSpec(
                pair.Source?.Name,
                pair.Target.Name,
                pair.Sql,
                pair.Source is { } from && source.IsKey(from) && pair.Target.Role == ColumnRole.Key,
                pair.Source is { } counted && source.Counts(counted),
                options.IsTwoWay && pair is { Source.Role: ColumnRole.Version, Target.Role: ColumnRole.Version },
                pair.Source is { IsSensitive: true } || pair.Target.IsSensitive));
        }

        return context.HasFaults
            ? null
            : new SyncMapSpec(
                TypeNames.Plain(context.Entity),
                Visibility.IsPublic(context.Entity) && SymbolEqualityComparer.Default.Equals(context.Entity.ContainingAssembly, context.Compilation.Assembly),
                name,
                options.IsTwoWay,
                policy,
                filter,
                source.Table,
                target,
                columns.ToEquatableArray(),
                copy,
                resolver,
                SyncReads.Of(filter, source, entity, target, pairs));
    }

    private static SyncEntity? EntityOf(ParseContext context, AttributeData attribute, INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            context.MarkFaulty();
            return null;
        }

        if (EntityHeader.Of(type) is null)
        {
            context.Report(ProblemKind.SyncShape, context.Entity, attribute, $"'{type.Name}' is no entity", "Mark it with [Neon] or [Supabase]");
            return null;
        }

        return SyncEntity.Parse(type, context);
    }

    private static SyncTableSpec CopyOf(ParseContext context, AttributeData attribute, EntityHeader header)
    {
        var other = header.Database == DatabaseKind.Neon ? DatabaseKind.Supabase : DatabaseKind.Neon;
        if (Annotations.Named(attribute, "To") is int to && to != (int)other)
        {
            context.Report(ProblemKind.SyncSameDatabase, context.Entity, attribute, $"it is in {header.Database} already", $"Write To = Database.{other}, or leave To out");
        }

        var table = Annotations.Named(attribute, "Table") as string ?? header.Table;
        var schema = Annotations.Named(attribute, "Schema") as string ?? "public";
        NameRules.Check(context, context.Entity, attribute, "table", table);
        NameRules.Check(context, context.Entity, attribute, "schema", schema);
        return new SyncTableSpec(other, schema, table, Entity: null);
    }

    // The key first, in the order in which the source has it.
    private static List<SyncPair> InOrder(SyncEntity source, List<SyncPair> pairs)
    {
        var ordered = new List<SyncPair>();
        foreach (var ordinal in source.Facts.Key)
        {
            ordered.AddRange(pairs.FindAll(pair => pair.Source?.Ordinal == ordinal && pair.Target.Role == ColumnRole.Key));
        }

        ordered.AddRange(pairs.FindAll(pair => !ordered.Contains(pair)));
        return ordered;
    }
}
