using System.Collections.Concurrent;
using System.Collections.Immutable;
using DualDb.Analyzers.Annotated;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Warns of annotations that are written and do nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AnnotationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => AnnotationRules.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var outside = new OutsideAnnotations();
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, outside), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(outside.Report);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, OutsideAnnotations outside)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        SensitiveAnnotations.Check(context, type);
        if (EntityHeader.Of(type) is null)
        {
            outside.AddCandidate(type, context.CancellationToken);
        }
        else
        {
            outside.AddEntity(type);
            EntityAnnotations.Check(context, type);
        }
    }
}
