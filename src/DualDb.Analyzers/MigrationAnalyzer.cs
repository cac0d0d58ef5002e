using System.Collections.Immutable;
using DualDb.Analyzers.Migrations;
using DualDb.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Reads the files of migrations that a project has, and says where a run would refuse them. The targets of <c>DualDb.Migrations</c> hand them over as additional files.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MigrationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => MigrationRules.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var files = MigrationFile.Of(start.Options);
            if (files.Count == 0)
            {
                return;
            }

            var code = new CodeMigrations();
            start.RegisterSymbolAction(symbol => code.Add((INamedTypeSymbol)symbol.Symbol, symbol.Compilation, symbol.CancellationToken), SymbolKind.NamedType);
            start.RegisterOperationAction(operation => code.Use(operation.Operation, operation.ContainingSymbol), OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.TypeOf);
            start.RegisterCompilationEndAction(end => new MigrationChecks(files, code).Run(end.ReportDiagnostic, end.CancellationToken));
        });
    }
}
