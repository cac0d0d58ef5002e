using System.Collections.Immutable;
using DualDb.Analyzers.Events;
using DualDb.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says where code writes or publishes in a way that a crash can tear apart.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventUseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => EventRules.OfCode;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Generators.Parsing.ProjectParser.KnowsEvents(start.Compilation))
            {
                start.RegisterOperationBlockStartAction(static block =>
                {
                    var calls = new WritingCalls(block.OwningSymbol, block.Compilation);
                    block.RegisterOperationAction(calls.Add, OperationKind.Invocation);
                    block.RegisterOperationBlockEndAction(calls.Report);
                });
            }
        });
    }
}
