namespace DualDb.Consistency.Sync;

/// <summary>A change that the target refused, or one of the same row behind it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Source">Whose change.</param>
/// <param name="Map">The map.</param>
/// <param name="Key">The row's key as JSON.</param>
/// <param name="Row">The row as it was to be written, or the one that is gone, as JSON by the target's columns: that may be personal data.</param>
/// <param name="IsDeletion">Whether the row is gone.</param>
/// <param name="ParkedAt">When it was put aside.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why it is here.</param>
public sealed record ParkedChange(long Id, Database Source, string Map, string Key, string? Row, bool IsDeletion, DateTimeOffset ParkedAt, int Attempts, string Error);
