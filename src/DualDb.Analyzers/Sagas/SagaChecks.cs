using System.Collections.Generic;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Sagas;

/// <summary>What one saga could leave half done, and attributes that nobody reads.</summary>
internal static class SagaChecks
{
    private static readonly string[] Attributes = ["StepAttribute", "CompensatesAttribute", "RetryAttribute", "TimeoutAttribute", "PivotAttribute", "ResultAttribute", "WaitForAttribute", "DelayAttribute"];

    public static void Check(SymbolAnalysisContext context, SagaProject project)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        project.Add(type);
        var isSaga = SagaNames.Find(type, "SagaAttribute") is not null;
        if (isSaga && SagaParser.Parse(type, context.Compilation, sink: null, context.CancellationToken) is { } saga)
        {
            project.Add(type, saga);
            CheckWaysBack(context, type, saga);
            CheckUnknownResults(context, type, saga);
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                CheckAttributes(context, method, isSaga);
            }
        }
    }

    // Behind the first pivot nothing fails for good.
    private static void CheckWaysBack(SymbolAnalysisContext context, INamedTypeSymbol type, SagaSpec saga)
    {
        for (var i = 0; i < saga.Steps.Count; i++)
        {
            var step = saga.Steps[i];
            if (step.Kind != SagaStepKind.Work || step.Compensation is not null || step.IsPivot || IsBehindPivot(saga, step.Number))
            {
                continue;
            }

            for (var j = 0; j < saga.Steps.Count; j++)
            {
                if (j != i && saga.Steps[j].Number >= step.Number && !IsBehindPivot(saga, saga.Steps[j].Number) && CanFail(saga.Steps[j]))
                {
                    Report(context, SagaRules.WithoutWayBack, Method(type, step.Work.Method), null, type.Name, step.Work.Method, saga.Steps[j].Work.Method);
                    break;
                }
            }
        }
    }

    private static bool IsBehindPivot(SagaSpec saga, int number)
    {
        foreach (var step in saga.Steps)
        {
            if (step.IsPivot && step.Number < number)
            {
                return true;
            }
        }

        return false;
    }

    private static bool CanFail(SagaStepSpec step) => step.Kind switch
    {
        SagaStepKind.Work => true,
        SagaStepKind.Event => step.WaitSeconds is not null,
        _ => false,
    };

    private static void CheckUnknownResults(SymbolAnalysisContext context, INamedTypeSymbol type, SagaSpec saga)
    {
        foreach (var step in saga.Steps)
        {
            if (step is { Compensation: { } compensation, NeedsResult: true, Work.Target: null })
            {
                Report(context, SagaRules.NeedsUnknownResult, Method(type, compensation.Method), null, type.Name, compensation.Method, step.Work.Method);
            }
        }
    }

    private static void CheckAttributes(SymbolAnalysisContext context, IMethodSymbol method, bool isSaga)
    {
        var isStep = SagaNames.Find(method, "StepAttribute") is not null;
        var isCompensation = SagaNames.Find(method, "CompensatesAttribute") is not null;
        foreach (var name in Attributes)
        {
            if (SagaNames.Find(method, name) is not { } attribute)
            {
                continue;
            }

            if (!isSaga)
            {
                Report(context, SagaRules.Misplaced, method, attribute, method.Name, Shown(name), $"'{method.ContainingType.Name}' is no saga", "Put [Saga] on the class");
                return;
            }

            var isMisplaced = name switch
            {
                "StepAttribute" or "CompensatesAttribute" => false,
                "RetryAttribute" or "TimeoutAttribute" => !isStep && !isCompensation,
                _ => !isStep,
            };
            if (isMisplaced)
            {
                Report(context, SagaRules.Misplaced, method, attribute, method.Name, Shown(name), "it is no step", isCompensation ? "Remove it" : "Put [Step] on it");
            }
            else if (name is "RetryAttribute" or "TimeoutAttribute" && (SagaNames.Find(method, "WaitForAttribute") ?? SagaNames.Find(method, "DelayAttribute")) is not null)
            {
                Report(context, SagaRules.Misplaced, method, attribute, method.Name, Shown(name), "a step that waits is not tried again", "Remove it, or say with WaitFor how long to wait");
            }
        }
    }

    private static ISymbol Method(INamedTypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (SagaNames.Find(member, "StepAttribute") is not null || SagaNames.Find(member, "CompensatesAttribute") is not null)
            {
                return member;
            }
        }

        return type;
    }

    private static string Shown(string attribute) => attribute.Substring(0, attribute.Length - "Attribute".Length);

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, ISymbol symbol, AttributeData? attribute, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(
            rule,
            Locations.OfAttribute(attribute, context.Compilation) ?? Locations.OfSymbol(symbol, context.Compilation, context.CancellationToken) ?? Location.None,
            arguments));
}
