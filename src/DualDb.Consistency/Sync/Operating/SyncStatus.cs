namespace DualDb.Consistency.Sync;

/// <summary>How one direction stands, as the databases have it.</summary>
/// <param name="Source">Whose changes.</param>
/// <param name="Part">Which part of the keys.</param>
/// <param name="Pending">How many changes wait in the log, counted to 100,000.</param>
/// <param name="OldestAge">How long the oldest of them waits.</param>
/// <param name="LastChangeAt">When the last change was made that was applied; null for none.</param>
/// <param name="Parked">How many changes are put aside.</param>
/// <param name="IsHeld">Whether a node carries it.</param>
/// <param name="Stopped">Why it is stopped; null where it is not.</param>
public sealed record SyncStatus(Database Source, int Part, long Pending, TimeSpan OldestAge, DateTimeOffset? LastChangeAt, long Parked, bool IsHeld, string? Stopped)
{
    /// <summary>The maps whose rows from before they were recorded nobody has copied: call <see cref="DatabaseSync.BackfillAsync"/>.</summary>
    public IReadOnlyList<string> NeedsBackfill { get; init; } = [];

    /// <summary>The maps whose changes wait, since they are paused or no node has their present form, or are being caught up: those of the other maps are carried.</summary>
    public IReadOnlyList<string> Paused { get; init; } = [];

    /// <summary>What of the maps is paused, by whom and until when: by migrations that alter a table, and by <see cref="DatabaseSync.PauseAsync"/>.</summary>
    public IReadOnlyList<MapPause> Pauses { get; init; } = [];

    /// <summary>What nodes with the maps of this application do not carry, and why; null where they carry all: another version has recorded maps that they do not know.</summary>
    public string? Fault { get; init; }

    /// <summary>How many bytes of write-ahead log the replication slots of the source hold back; null where it is not decoded, or has no slot.</summary>
    public long? RetainedWal { get; init; }
}
