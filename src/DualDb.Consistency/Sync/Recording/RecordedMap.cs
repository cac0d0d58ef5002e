namespace DualDb.Consistency.Sync.Recording;

/// <summary>A form of a map that a direction is followed for.</summary>
/// <param name="Map">The map.</param>
/// <param name="Form">The form.</param>
/// <param name="IsCurrent">Whether no later one was recorded.</param>
/// <param name="NeedsBackfill">Whether there are rows from before it was recorded, which nobody has copied.</param>
/// <param name="Table">Whose changes it needs, as <c>schema.table</c>.</param>
internal sealed record RecordedMap(string Map, string Form, bool IsCurrent, bool NeedsBackfill, string Table);
