using System.Collections.Immutable;
using DualDb.Analyzers.Rules;
using DualDb.Analyzers.Sagas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says where a saga could leave something half done, and where the sagas of a project do not fit together. What keeps one from being generated, <see cref="ModelAnalyzer"/> says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SagaAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [.. SagaRules.OfSaga, .. SagaRules.OfProject, .. SagaRules.OfCode];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Generators.Parsing.ProjectParser.KnowsEvents(start.Compilation))
            {
                var project = new SagaProject();
                start.RegisterSymbolAction(symbol => SagaChecks.Check(symbol, project), SymbolKind.NamedType);
                start.RegisterOperationAction(StepWrites.Check, OperationKind.Invocation);
                start.RegisterCompilationEndAction(project.Check);
            }
        });
    }
}
