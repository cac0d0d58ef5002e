namespace DualDb.Benchmarks.Scorecard;

/// <summary>One row of the scorecard: the floor, and what was found.</summary>
/// <param name="Floor">What had to be reached.</param>
/// <param name="Value">What was measured; null where nothing was.</param>
/// <param name="Statements">How many statements one call sent; null where that was not counted.</param>
/// <param name="Note">What stands behind the value.</param>
/// <param name="Fault">Why the row is broken beyond its value; null where nothing is.</param>
internal sealed record ScorecardRow(Floor Floor, double? Value, int? Statements, string Note, string? Fault)
{
    private const int Digits = 4;

    /// <summary>Whether the value is allowed, the statements are as many as they must be, and nothing else went wrong.</summary>
    public bool Ok => Fault is null && Value is { } value && Floor.Allows(value) && (Floor.Statements is null || Floor.Statements == Statements);

    /// <summary>The row of a floor.</summary>
    /// <param name="floor">The floor.</param>
    /// <param name="finding">What was found; null where nothing was.</param>
    /// <param name="failure">Why nothing was found.</param>
    public static ScorecardRow Of(Floor floor, Finding? finding, string? failure)
        => finding is null
            ? new ScorecardRow(floor, Value: null, Statements: null, Note: "", failure ?? "not measured")
            // Compared as printed, so that nobody wonders why 1.1 is not at most 1.1.
            : new ScorecardRow(floor, Math.Round(finding.Value, Digits), finding.Statements, finding.Note, finding.Fault);
}
