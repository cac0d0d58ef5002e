using System.Collections.Generic;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Sync;

/// <summary>What one map does that may not be what was meant.</summary>
internal static class SyncChecks
{
    public static void Check(SymbolAnalysisContext context, SyncProject project)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        project.Add(type);
        if (SyncParser.ParseCopy(type, context.Compilation, sink: null, context.CancellationToken) is { } copy)
        {
            var attribute = SyncNames.Find(type, "SyncAttribute")!;
            project.Add(new SyncDeclaration(type, attribute, copy));
            CheckPolicy(context, type, attribute, copy);
            CheckEquality(context, type, attribute, copy, copy.Copy!.Columns);
        }

        if (SyncParser.Parse(type, context.Compilation, sink: null, context.CancellationToken) is { } map)
        {
            var attribute = SyncNames.Find(type, "SyncMapAttribute")!;
            project.Add(new SyncDeclaration(type, attribute, map));
            CheckPolicy(context, type, attribute, map);
            if (EntityAt(0) is { } source && EntityAt(1) is { } target)
            {
                CheckEquality(context, type, attribute, map, target.Columns);
                CheckKeys(context, type, attribute, map, source, target);
            }

            EntitySpec? EntityAt(int place)
                => EntityParser.Parse((INamedTypeSymbol)attribute.AttributeClass!.TypeArguments[place], context.Compilation, sink: null, context.CancellationToken);
        }
    }

    private static void CheckPolicy(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData attribute, SyncMapSpec map)
    {
        if (!map.IsTwoWay && map.Policy != SyncNames.SourcePriority)
        {
            Report(context, SyncMapRules.NothingToDecide, attribute, type.Name, map.Policy);
        }
    }

    private static void CheckEquality(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData attribute, SyncMapSpec map, IEnumerable<ColumnSpec> targets)
    {
        foreach (var column in targets)
        {
            if (!SyncTypes.HasEquality(column) && IsCopied(map, column))
            {
                Report(context, SyncRules.NotComparable, attribute, type.Name, column.Name, column.PostgresType);
            }
        }
    }

    private static void CheckKeys(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData attribute, SyncMapSpec map, EntitySpec source, EntitySpec target)
    {
        if (map.IsTwoWay && Draws(source) && Draws(target))
        {
            Report(context, SyncRules.KeysMeet, attribute, type.Name, $"{source.Type.Name}.{source.Columns[source.Key[0]].Member}", $"{target.Type.Name}.{target.Columns[target.Key[0]].Member}");
        }
    }

    private static bool Draws(EntitySpec entity) => entity.KeyIsGenerated && entity.Columns[entity.Key[0]].Scalar.Kind != ScalarKind.Guid;

    private static bool IsCopied(SyncMapSpec map, ColumnSpec target)
    {
        foreach (var column in map.Columns)
        {
            if (column.Target == target.Name)
            {
                return true;
            }
        }

        return false;
    }

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, AttributeData attribute, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(rule, Locations.OfAttribute(attribute, context.Compilation) ?? Location.None, arguments));
}
