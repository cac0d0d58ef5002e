namespace DualDb.Benchmarks.Scorecard;

/// <summary>The result of one run.</summary>
/// <param name="Date">When, in UTC.</param>
/// <param name="Machine">Where.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Rows">What was found.</param>
internal sealed record ScorecardReport(DateTimeOffset Date, Machine Machine, TimeSpan Duration, IReadOnlyList<ScorecardRow> Rows)
{
    /// <summary>What to type for another run.</summary>
    public const string Command = "dotnet run -c Release --project benchmarks/DualDb.Benchmarks -- scorecard";
}
