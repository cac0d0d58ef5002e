using System.Collections.Immutable;
using DualDb.Analyzers.Rules;
using DualDb.Analyzers.Sync;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says where a method writes entities of two domains.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DomainAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SyncRules.CrossesDomains];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationBlockStartAction(static block =>
        {
            var writes = new DomainWrites(block.OwningSymbol);
            block.RegisterOperationAction(writes.Add, OperationKind.Invocation);
            block.RegisterOperationBlockEndAction(writes.Report);
        });
    }
}
