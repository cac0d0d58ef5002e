using System.Threading;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Reporting;

/// <summary>Turns what the parser found into diagnostics.</summary>
internal static class ProblemDiagnostics
{
    /// <param name="problem">The problem.</param>
    /// <param name="type">The entity or root that was read; null for a problem of the project.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Diagnostic Create(Problem problem, INamedTypeSymbol? type, Compilation compilation, CancellationToken cancellationToken)
        => Diagnostic.Create(ProblemRules.Of(problem.Kind), Locations.Of(problem, type, compilation, cancellationToken), problem.Arguments);
}
