namespace DualDb.Consistency.Events.Operating;

/// <summary>A place in what operators did, the latest first.</summary>
/// <param name="At">When that was.</param>
/// <param name="Source">The database.</param>
/// <param name="Id">The record's number there.</param>
internal sealed record AuditPlace(DateTimeOffset At, Database Source, long Id);
