using System.Collections.Immutable;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says why something cannot be generated for an entity, a view, an event, its handlers, a saga, a map of the synchronisation or a root. It reads them with the generator's own code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ProblemRules.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var project = new ProjectModel();
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, project), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ProjectChecks.Check(end, project));
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, ProjectModel project)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        void Report(Problem problem)
            => context.ReportDiagnostic(ProblemDiagnostics.Create(problem, type, context.Compilation, context.CancellationToken));

        if (EntityParser.Parse(type, context.Compilation, Report, context.CancellationToken) is { } entity)
        {
            project.Add(type, entity);
        }

        if (ViewMembers.IsView(type))
        {
            project.Add(type, ViewParser.Parse(type, context.Compilation, Report, context.CancellationToken));
        }

        _ = ProjectionParser.Parse(type, context.Compilation, Report, context.CancellationToken);
        if (EventParser.Parse(type, context.Compilation, Report, context.CancellationToken) is not null
            || HandlerParser.Parse(type, context.Compilation, Report, context.CancellationToken) is not null)
        {
            project.AddEvents();
        }

        if (SagaParser.Parse(type, context.Compilation, Report, context.CancellationToken) is { } saga)
        {
            project.AddSaga(saga);
        }

        if (SyncParser.ParseCopy(type, context.Compilation, Report, context.CancellationToken) is not null
            | SyncParser.Parse(type, context.Compilation, Report, context.CancellationToken) is not null)
        {
            project.AddSync();
        }

        if (Annotations.Find(type, "DualDatabaseAttribute") is not null)
        {
            project.Add(type, RootParser.Parse(type, Report));
        }
    }
}
