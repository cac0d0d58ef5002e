namespace DualDb.Benchmarks.Scorecard;

/// <summary>What an experiment found out for one row.</summary>
/// <param name="Id">The row.</param>
/// <param name="Value">The measured value, in the unit of the row.</param>
internal sealed record Finding(string Id, double Value)
{
    /// <summary>How many statements one call sent; null where that is no question.</summary>
    public int? Statements { get; init; }

    /// <summary>What stands behind the value: absolute times and bytes.</summary>
    public string Note { get; init; } = "";

    /// <summary>What else had to hold and did not; null where all did.</summary>
    public string? Fault { get; init; }
}
