namespace DualDb.Consistency.Sync;

/// <summary>Something that somebody has to know of, or that is over.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">Whose changes; null where it concerns both sides.</param>
/// <param name="Message">What is the matter, and what can be done; without values of rows.</param>
/// <param name="At">When it was noticed, by this node's clock.</param>
/// <param name="IsResolved">Whether it is over.</param>
public sealed record SyncAlert(SyncAlertKind Kind, Database? Source, string Message, DateTimeOffset At, bool IsResolved);
