using System.Diagnostics;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>Runs the experiments that the wanted rows need, one after the other.</summary>
internal static class Experimentation
{
    public static async Task<(Dictionary<string, Finding> Findings, Dictionary<string, string> Failures)> RunAsync(
        IReadOnlyList<IExperiment> experiments, Laboratory laboratory, IReadOnlyList<Floor> floors, CancellationToken cancellationToken)
    {
        var wanted = floors.Select(static floor => floor.Id).ToHashSet(StringComparer.Ordinal);
        var findings = new Dictionary<string, Finding>(StringComparer.Ordinal);
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var experiment in experiments.Where(experiment => experiment.Ids.Any(wanted.Contains)))
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                foreach (var finding in await experiment.RunAsync(laboratory, cancellationToken))
                {
                    findings.Add(finding.Id, finding);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One experiment that cannot be carried out breaks its rows, and leaves the others their chance.
                foreach (var id in experiment.Ids)
                {
                    failures[id] = $"{exception.GetType().Name}: {exception.Message}";
                }
            }

            await Console.Error.WriteLineAsync($"{experiment.GetType().Name}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        return (findings, failures);
    }
}
