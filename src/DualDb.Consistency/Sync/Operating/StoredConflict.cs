using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.Consistency.Sync;

/// <summary>A conflict, and what became of it. Rows are JSON by the source's columns: they may be personal data.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When it was decided, by the source's clock.</param>
/// <param name="Map">The map.</param>
/// <param name="Key">The row's key as JSON.</param>
/// <param name="Policy">The policy that decided.</param>
/// <param name="Winner">Who won.</param>
/// <param name="SourceRow">The source's row; null where it was gone.</param>
/// <param name="TargetBefore">The row that the target's writer found; null for none.</param>
/// <param name="TargetAfter">The row that it left; null where it was deleted.</param>
/// <param name="Result">The row that both sides got; null where it is gone.</param>
/// <param name="ResolvedBy">Who decided where the policy left it to people; null otherwise.</param>
public sealed record StoredConflict(
    long Id, DateTimeOffset At, string Map, string Key, ConflictPolicy Policy, ConflictWinner Winner, string? SourceRow, string? TargetBefore, string? TargetAfter, string? Result, string? ResolvedBy);
