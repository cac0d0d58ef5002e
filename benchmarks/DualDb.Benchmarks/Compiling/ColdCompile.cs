using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DualDb.Benchmarks.Compiling;

/// <summary>One compile from text to assembly, with nothing remembered from an earlier one.</summary>
/// <param name="Whole">Parsing, generating, binding and emitting.</param>
/// <param name="Generator">The generator's part of it, as the compiler's own clock has it.</param>
internal sealed record ColdCompile(TimeSpan Whole, TimeSpan Generator)
{
    public static ColdCompile Of(SyntheticProject project, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var compilation = project.Parse(cancellationToken);
        var driver = GeneratorDrivers.New(tracksSteps: false).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, cancellationToken);
        using var assembly = new MemoryStream();
        var result = output.Emit(assembly, cancellationToken: cancellationToken);
        var whole = Stopwatch.GetElapsedTime(began);
        if (!result.Success)
        {
            var error = result.Diagnostics.First(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"The synthetic project does not compile: {error}");
        }

        return new ColdCompile(whole, driver.GetTimingInfo().GeneratorTimes.Aggregate(TimeSpan.Zero, static (sum, time) => sum + time.ElapsedTime));
    }
}
