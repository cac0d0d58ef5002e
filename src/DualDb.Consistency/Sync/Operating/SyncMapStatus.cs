namespace DualDb.Consistency.Sync;

/// <summary>How one map stands, both of its ways together.</summary>
/// <param name="Map">Its name.</param>
/// <param name="Source">The table whose rows are copied.</param>
/// <param name="Target">The table that they are copied to.</param>
/// <param name="Direction">Which way changes go.</param>
/// <param name="OnConflict">What becomes of conflicts.</param>
public sealed record SyncMapStatus(string Map, SyncTable Source, SyncTable Target, SyncDirection Direction, ConflictPolicy OnConflict)
{
    /// <summary>How many changes of its tables wait in the logs, counted to 100,000 each.</summary>
    public long Pending { get; init; }

    /// <summary>How long the oldest of them waits; zero where none does.</summary>
    public TimeSpan OldestAge { get; init; }

    /// <summary>How many changes are put aside, counted to 100,000.</summary>
    public long Parked { get; init; }

    /// <summary>How many conflicts wait for a decision, counted to 100,000.</summary>
    public long OpenConflicts { get; init; }

    /// <summary>Whether rows from before it was recorded have not been copied: call <see cref="DatabaseSync.BackfillAsync"/>.</summary>
    public bool NeedsBackfill { get; init; }

    /// <summary>Whether its changes wait, since it is paused or no node has its present form, or are being caught up.</summary>
    public bool IsBehind { get; init; }

    /// <summary>Who has paused it, until when and why; empty where nobody has.</summary>
    public IReadOnlyList<MapPause> Pauses { get; init; } = [];

    /// <summary>Why a direction of it is stopped; null where none is.</summary>
    public string? Stopped { get; init; }
}
