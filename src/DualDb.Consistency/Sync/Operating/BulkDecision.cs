namespace DualDb.Consistency.Sync;

/// <summary>How far a decision of all conflicts of one kind is.</summary>
/// <param name="Decided">How many are decided.</param>
/// <param name="PassedOver">How many stay open, since there is nothing to merge any more.</param>
internal sealed record BulkDecision(long Decided, long PassedOver);
