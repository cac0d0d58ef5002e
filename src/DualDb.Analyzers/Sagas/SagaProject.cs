using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Sagas;

/// <summary>The sagas and roots of one compilation, gathered from many threads while it is analysed and forgotten with it.</summary>
internal sealed class SagaProject
{
    private readonly ConcurrentBag<(INamedTypeSymbol Type, SagaSpec Saga)> _sagas = [];
    private readonly ConcurrentBag<INamedTypeSymbol> _roots = [];
    private volatile bool _hasEntities;

    public void Add(INamedTypeSymbol type)
    {
        if (Annotations.Find(type, "DualDatabaseAttribute") is not null)
        {
            _roots.Add(type);
        }

        if (EntityHeader.Of(type) is not null || ViewMembers.IsView(type))
        {
            _hasEntities = true;
        }
    }

    public void Add(INamedTypeSymbol type, SagaSpec saga) => _sagas.Add((type, saga));

    public void Check(CompilationAnalysisContext context)
    {
        // Threads add in any order; what is reported must be the same in every run.
        var sagas = new List<(INamedTypeSymbol Type, SagaSpec Saga)>(_sagas);
        sagas.Sort(static (left, right) => string.CompareOrdinal(left.Saga.Entry.Type, right.Saga.Entry.Type));
        CheckDuplicates(context, sagas, "name", static saga => saga.Name);
        CheckDuplicates(context, sagas, "property", static saga => saga.Entry.Property);
        foreach (var (type, saga) in sagas)
        {
            CheckRoot(context, type, saga);
        }

        if (sagas.Count > 0)
        {
            CheckRoots(context);
        }
    }

    private static void CheckDuplicates(
        CompilationAnalysisContext context, List<(INamedTypeSymbol Type, SagaSpec Saga)> sagas, string what, Func<SagaSpec, string> select)
    {
        var holders = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        foreach (var (type, saga) in sagas)
        {
            var value = select(saga);
            if (holders.TryGetValue(value, out var holder))
            {
                Report(context, SagaRules.Duplicate, type, what == "name" ? SagaNames.Find(type, "SagaAttribute") : null, Shown(type), Shown(holder), what, value);
            }
            else
            {
                holders.Add(value, type);
            }
        }
    }

    private void CheckRoot(CompilationAnalysisContext context, INamedTypeSymbol type, SagaSpec saga)
    {
        if (!_hasEntities && _roots.IsEmpty)
        {
            Report(context, SagaRules.WithoutRoot, type, null, type.Name, "the project has no root that would run it", "Declare a class with [DualDatabase]");
            return;
        }

        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in saga.Entry.Arguments)
        {
            if (argument.Kind == SagaArgumentKind.Root)
            {
                asked.Add(argument.Type);
            }
        }

        if (asked.Count > 1)
        {
            Report(context, SagaRules.WithoutRoot, type, null, type.Name, "its constructor asks for two roots, and one of them runs it", "Ask for one");
        }
    }

    private void CheckRoots(CompilationAnalysisContext context)
    {
        foreach (var root in _roots)
        {
            foreach (var member in root.GetMembers(SagaNames.RootProperty))
            {
                if (!RootParser.IsGenerated(member))
                {
                    Report(context, SagaRules.RootDeclaresSagas, member, null, root.Name);
                }
            }
        }
    }

    private static string Shown(INamedTypeSymbol type) => TypeNames.Plain(type).Replace("global::", "");

    private static void Report(CompilationAnalysisContext context, DiagnosticDescriptor rule, ISymbol symbol, AttributeData? attribute, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(
            rule,
            Locations.OfAttribute(attribute, context.Compilation) ?? Locations.OfSymbol(symbol, context.Compilation, context.CancellationToken) ?? Location.None,
            arguments));
}
