using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using DualDb.Analyzers.Events;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DualDb.Analyzers.Sync;

/// <summary>A map, and where it is declared.</summary>
/// <param name="type">What declares it.</param>
/// <param name="attribute">With which attribute.</param>
/// <param name="map">The map.</param>
internal sealed class SyncDeclaration(INamedTypeSymbol type, AttributeData attribute, SyncMapSpec map)
{
    public INamedTypeSymbol Type { get; } = type;

    public AttributeData Attribute { get; } = attribute;

    public SyncMapSpec Map { get; } = map;
}

/// <summary>The maps, roots and writes of one compilation, gathered from many threads while it is analysed and forgotten with it.</summary>
internal sealed class SyncProject
{
    private readonly ConcurrentBag<SyncDeclaration> _maps = [];
    private readonly ConcurrentBag<INamedTypeSymbol> _roots = [];
    private readonly ConcurrentBag<(string Entity, Location Location)> _writes = [];

    public void Add(INamedTypeSymbol type)
    {
        if (Annotations.Find(type, "DualDatabaseAttribute") is not null)
        {
            _roots.Add(type);
        }
    }

    public void Add(SyncDeclaration map) => _maps.Add(map);

    public void AddWrite(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (WritingCall.EntityOf(call) is { } entity)
        {
            _writes.Add((TypeNames.Plain(entity), WritingCall.NameOf(call)));
        }
    }

    public void Check(CompilationAnalysisContext context)
    {
        // Threads add in any order; what is reported must be the same in every run.
        var maps = new List<SyncDeclaration>(_maps);
        maps.Sort(static (left, right) => string.CompareOrdinal(left.Map.Declaration + left.Map.Target, right.Map.Declaration + right.Map.Target));
        CheckNames(context, maps);
        CheckTables(context, maps);
        CheckWrites(context, maps);
        foreach (var root in maps.Count > 0 ? _roots : [])
        {
            foreach (var member in root.GetMembers(SyncNames.RootProperty))
            {
                if (!RootParser.IsGenerated(member))
                {
                    context.ReportDiagnostic(Diagnostic.Create(SyncRules.RootDeclaresSync, Locations.OfSymbol(member, context.Compilation, context.CancellationToken) ?? Location.None, root.Name));
                }
            }
        }
    }

    private static void CheckNames(CompilationAnalysisContext context, List<SyncDeclaration> maps)
    {
        var holders = new Dictionary<string, SyncDeclaration>(StringComparer.Ordinal);
        foreach (var map in maps)
        {
            if (holders.TryGetValue(map.Map.Name, out var holder))
            {
                Report(context, SyncRules.DuplicateName, map, map.Type.Name, holder.Type.Name, map.Map.Name);
            }
            else
            {
                holders.Add(map.Map.Name, map);
            }
        }
    }

    private static void CheckTables(CompilationAnalysisContext context, List<SyncDeclaration> maps)
    {
        var holders = new Dictionary<(DatabaseKind, string, string), SyncDeclaration>();
        foreach (var map in maps.FindAll(static map => map.Map.IsTwoWay))
        {
            foreach (var table in new[] { map.Map.Source, map.Map.Target })
            {
                var name = (table.Database, table.Schema, table.Table);
                if (holders.TryGetValue(name, out var holder))
                {
                    Report(context, SyncRules.TwoOfOneTable, map, map.Type.Name, $"{table.Schema}.{table.Table}", holder.Type.Name);
                    break;
                }

                holders.Add(name, map);
            }
        }
    }

    private void CheckWrites(CompilationAnalysisContext context, List<SyncDeclaration> maps)
    {
        var copies = new Dictionary<string, SyncDeclaration>(StringComparer.Ordinal);
        foreach (var map in maps)
        {
            if (map.Map is { IsTwoWay: false, Target.Entity: { } entity })
            {
                copies[entity] = map;
            }
        }

        foreach (var (entity, location) in _writes)
        {
            if (copies.TryGetValue(entity, out var map))
            {
                context.ReportDiagnostic(Diagnostic.Create(SyncRules.WritesCopy, location, NameOf(entity), map.Type.Name, NameOf(map.Map.Source.Entity!)));
            }
        }
    }

    private static string NameOf(string entity) => entity.Substring(entity.LastIndexOfAny(['.', ':']) + 1);

    private static void Report(CompilationAnalysisContext context, DiagnosticDescriptor rule, SyncDeclaration map, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(rule, Locations.OfAttribute(map.Attribute, context.Compilation) ?? Location.None, arguments));
}
