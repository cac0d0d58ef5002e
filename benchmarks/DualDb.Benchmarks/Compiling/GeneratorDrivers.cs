using System.Diagnostics.CodeAnalysis;
using DualDb.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Benchmarks.Compiling;

/// <summary>The generator as the compiler hosts it.</summary>
internal static class GeneratorDrivers
{
    public static GeneratorDriver New(bool tracksSteps)
        => CSharpGeneratorDriver.Create(
            [new DualDbGenerator().AsSourceGenerator()],
            optionsProvider: new RootNamespace(),
            parseOptions: SyntheticProject.Parsing,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracksSteps));

    /// <summary>The one project property that the generator reads.</summary>
    private sealed class RootNamespace : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = string.Equals(key, "build_property.RootNamespace", StringComparison.Ordinal) ? "Synthetic" : null;
                return value is not null;
            }
        }
    }
}
