namespace DualDb.Consistency.Sync;

/// <summary>How far a backfill is.</summary>
/// <param name="Map">The map.</param>
/// <param name="Source">The database whose rows are copied.</param>
/// <param name="Rows">How many were copied, also before an interruption.</param>
/// <param name="Estimate">How many there are, as the planner estimates; null where it does not know.</param>
/// <param name="IsFinished">Whether all are.</param>
public sealed record BackfillProgress(string Map, Database Source, long Rows, long? Estimate, bool IsFinished);
