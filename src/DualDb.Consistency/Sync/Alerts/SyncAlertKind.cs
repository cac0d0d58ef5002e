namespace DualDb.Consistency.Sync;

/// <summary>What somebody has to know of.</summary>
public enum SyncAlertKind
{
    /// <summary>A direction is stopped: a database was restored, a table truncated, or changes were removed before they were carried. Somebody has to resume it.</summary>
    DirectionStopped = 0,

    /// <summary>Changes cannot be carried just now: a database cannot be reached, or refuses the work.</summary>
    CarryingFails,

    /// <summary>Rows are put aside that the other side refuses.</summary>
    RowsParked,

    /// <summary>Conflicts wait for somebody to decide them.</summary>
    ConflictsWait,

    /// <summary>Of the changes of the last minute, more than one in a hundred took longer than <see cref="SyncOptions.MaxLag"/>.</summary>
    LagHigh,

    /// <summary>The oldest change waits for more than ten seconds.</summary>
    ChangesWait,

    /// <summary>More changes wait in a log than <see cref="SyncOptions.MaxPending"/>.</summary>
    LogTooLong,

    /// <summary>A transaction has been writing for more than half a minute: its changes arrive when it ends.</summary>
    TransactionOpen,

    /// <summary>A trigger that captures changes is missing or disabled: changes are lost.</summary>
    CaptureMissing,

    /// <summary>The last comparison found rows that differ.</summary>
    RowsDiffer,

    /// <summary>The last comparison found rows that refer to nothing on the other side.</summary>
    OrphansFound,

    /// <summary>The counts of both sides differ by more than <see cref="SyncOptions.CountThreshold"/>.</summary>
    CountsDiffer,

    /// <summary>This node lacks maps that are recorded, or their present form: it leaves changes to nodes that have those.</summary>
    MapsDiffer,

    /// <summary>Rows of a map from before it was installed have not been copied.</summary>
    BackfillNeeded,

    /// <summary>A replication slot holds back more write-ahead log than <see cref="SyncSourceOptions.MaxRetainedWal"/>, or more than its server keeps for it.</summary>
    WalRetained,

    /// <summary>A map is paused for longer than <see cref="SyncOptions.MaxPause"/>: by a migration, or by somebody.</summary>
    MapPaused,

    /// <summary>A log still holds changes that should have been removed hours ago by <see cref="SyncOptions.Retention"/>: something holds them, and it grows.</summary>
    LogOutgrown,
}
