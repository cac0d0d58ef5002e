namespace DualDb.Consistency.Sync.Verification;

/// <summary>What a comparison of one map found.</summary>
/// <param name="Map">The map.</param>
/// <param name="SourceRows">How many rows the source has.</param>
/// <param name="TargetRows">How many rows the target has.</param>
/// <param name="Differences">The rows that differ, by key.</param>
/// <param name="InFlight">How many rows could not be compared, since they were being written all the time.</param>
/// <param name="IsPartial">Whether the comparison ended early, with as many differences as were asked for.</param>
/// <param name="IsConfirmed">Whether differences were looked at again after changes on their way had arrived; false where they did not arrive.</param>
/// <param name="Faults">What is wrong with the capture of changes, such as a trigger that is missing.</param>
public sealed record MapVerification(
    string Map, long SourceRows, long TargetRows, IReadOnlyList<RowDifference> Differences, int InFlight, bool IsPartial, bool IsConfirmed, IReadOnlyList<string> Faults)
{
    /// <summary>Whether the model marks a column of the key as sensitive.</summary>
    internal bool MasksKeys { get; init; }
}
