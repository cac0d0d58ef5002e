using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Compiling;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>What the generator adds to a compile of 200 entities, cold, and what it does again after an edit.</summary>
internal sealed class GeneratorShare : IExperiment
{
    private const int Entities = 200;
    private const int WarmUps = 1;
    private const int LeastRuns = 2;
    private const int MostRuns = 6;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(40);

    public IReadOnlyList<string> Ids { get; } = ["gen_share"];

    public Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        // The compiler itself is warm after a few compiles, as the compiler server is; each compile starts from text and knows nothing.
        var project = new SyntheticProject(Entities);
        var compiles = new List<ColdCompile>();
        var began = Stopwatch.GetTimestamp();
        for (var run = 0; run < WarmUps + LeastRuns || (run < WarmUps + MostRuns && Stopwatch.GetElapsedTime(began) < Enough); run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            compiles.Add(ColdCompile.Of(project, cancellationToken));
        }

        var measured = compiles.Skip(WarmUps).ToList();
        var edits = EditFacts.Of(project, cancellationToken);
        var share = Statistics.Median([.. measured.Select(static compile => compile.Generator / compile.Whole)]);
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            new("gen_share", share)
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Statistics.Median([.. measured.Select(static compile => compile.Generator.TotalMilliseconds)]):0} ms of {Statistics.Median([.. measured.Select(static compile => compile.Whole.TotalMilliseconds)]):0} ms; {edits}"),
                Fault = edits.Fault,
            },
        ]);
    }
}
