namespace DualDb.Consistency.Sync;

/// <summary>How changes of a database come to the node that carries them.</summary>
public enum SyncSource
{
    /// <summary>The change log is asked for what is new, every <see cref="SyncOptions.MaxPollInterval"/> while nothing is: works through every pooler, and lets Neon fall asleep.</summary>
    Polling = 0,

    /// <summary>
    /// The database sends what is written to the change log when it is committed, by logical decoding. Needs <c>wal_level = logical</c>, a role with <c>REPLICATION</c> and a direct connection, and keeps Neon awake.
    /// </summary>
    LogicalDecoding,
}
