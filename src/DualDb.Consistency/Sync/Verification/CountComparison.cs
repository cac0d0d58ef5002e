namespace DualDb.Consistency.Sync.Verification;

/// <summary>How many rows both sides of a map have: a first look that is cheap, and that changes on their way may make differ a little.</summary>
/// <param name="Map">The map.</param>
/// <param name="SourceRows">How many rows the source has that are to be in the target.</param>
/// <param name="TargetRows">How many rows the target has.</param>
/// <param name="Threshold">By how many they may differ: <see cref="SyncOptions.CountThreshold"/>.</param>
public sealed record CountComparison(string Map, long SourceRows, long TargetRows, long Threshold)
{
    /// <summary>By how many rows they differ.</summary>
    public long Difference => Math.Abs(SourceRows - TargetRows);

    /// <summary>Whether that is more than changes on their way explain: compare the rows.</summary>
    public bool IsSuspicious => Difference > Threshold;
}
