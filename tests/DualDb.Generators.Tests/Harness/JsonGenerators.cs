using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Generators.Tests.Harness;

/// <summary>The framework's generator of JSON contexts.</summary>
internal static class JsonGenerators
{
    public static IReadOnlyList<ISourceGenerator> All { get; } = Load();

    private static IReadOnlyList<ISourceGenerator> Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "System.Text.Json.SourceGeneration.dll");
        return [.. new AnalyzerFileReference(path, new Loader()).GetGenerators(LanguageNames.CSharp)];
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
