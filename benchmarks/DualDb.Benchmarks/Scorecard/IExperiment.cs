using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>Measures one or more rows of the scorecard.</summary>
internal interface IExperiment
{
    /// <summary>The rows that it measures.</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>Measures all of them.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken);
}
