using System.Collections.Immutable;
using DualDb.Analyzers.Rules;
using DualDb.Analyzers.Sync;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says where the maps of a project do not fit together, and where code writes what only a map writes. What keeps a map from being generated, <see cref="ModelAnalyzer"/> says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => SyncRules.OfMaps;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Generators.Parsing.ProjectParser.KnowsEvents(start.Compilation))
            {
                var project = new SyncProject();
                start.RegisterSymbolAction(symbol => SyncChecks.Check(symbol, project), SymbolKind.NamedType);
                start.RegisterOperationAction(project.AddWrite, OperationKind.Invocation);
                start.RegisterCompilationEndAction(project.Check);
            }
        });
    }
}
