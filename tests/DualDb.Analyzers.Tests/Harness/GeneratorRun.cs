using System.Collections.Immutable;
using DualDb.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Tests.Harness;

/// <summary>Runs the generators that a project has before its analyzers: this package's, and the framework's for JSON.</summary>
internal static class GeneratorRun
{
    private static readonly ImmutableArray<ISourceGenerator> Generators =
    [
        new DualDbGenerator().AsSourceGenerator(),
        .. new AnalyzerFileReference(Project.JsonGenerator, new AssemblyLoader()).GetGenerators(LanguageNames.CSharp),
    ];

    /// <summary>The project with its generated files.</summary>
    public static CSharpCompilation Complete(CSharpCompilation compilation)
    {
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        CSharpGeneratorDriver.Create(Generators, parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var completed, out var diagnostics);
        Assert.Empty(diagnostics);
        return (CSharpCompilation)completed;
    }

    private sealed class AssemblyLoader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }
}
