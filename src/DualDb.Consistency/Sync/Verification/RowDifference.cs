namespace DualDb.Consistency.Sync.Verification;

/// <summary>A row that is not the same on both sides.</summary>
/// <param name="Map">The map.</param>
/// <param name="Key">Its key as JSON, by the source's columns.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Reason">Why, where that is known: a change of it was put aside; null otherwise.</param>
public sealed record RowDifference(string Map, string Key, DifferenceKind Kind, string? Reason)
{
    /// <summary>The row's key as text.</summary>
    internal string KeyText { get; init; } = "";
}
