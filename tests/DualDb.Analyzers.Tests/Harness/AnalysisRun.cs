using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Tests.Harness;

/// <summary>Runs every analyzer of the package over a project, as the compiler does.</summary>
internal static class AnalysisRun
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(ModelAnalyzer).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What the analyzers report and no pragma or setting suppresses, in the order of the files. An analyzer that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(CSharpCompilation compilation, IReadOnlyList<(string Path, string Text)>? migrations = null, CancellationToken cancellationToken = default)
    {
        var crashes = new ConcurrentQueue<Exception>();
        var run = compilation.WithAnalyzers(
            Analyzers,
            new CompilationWithAnalyzersOptions(
                MigrationFiles.OptionsOf(migrations ?? []),
                onAnalyzerException: (exception, _, _) => crashes.Enqueue(exception),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false,
                reportSuppressedDiagnostics: false));
        var diagnostics = await run.GetAnalyzerDiagnosticsAsync(cancellationToken);
        Assert.Empty(crashes);
        return
        [
            .. diagnostics
                .OrderBy(static diagnostic => diagnostic.Location.SourceTree?.FilePath ?? diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(static diagnostic => diagnostic.Location.SourceSpan)
                .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)
                .ThenBy(static diagnostic => diagnostic.GetMessage(), StringComparer.Ordinal),
        ];
    }
}
