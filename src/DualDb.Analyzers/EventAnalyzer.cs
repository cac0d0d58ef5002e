using System.Collections.Immutable;
using DualDb.Analyzers.Events;
using DualDb.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says where the events and handlers of a project do not fit together. What is wrong with one alone, <see cref="ModelAnalyzer"/> says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => EventRules.OfProject;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Generators.Parsing.ProjectParser.KnowsEvents(start.Compilation))
            {
                var project = new EventProject(start.Compilation);
                start.RegisterSymbolAction(symbol => project.Add((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken), SymbolKind.NamedType);
                start.RegisterCompilationEndAction(end => EventChecks.Check(end, project));
            }
        });
    }
}
