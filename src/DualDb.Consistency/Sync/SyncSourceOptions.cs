namespace DualDb.Consistency.Sync;

/// <summary>How the changes of one database are taken from it.</summary>
public sealed class SyncSourceOptions
{
    /// <summary>How changes come to the node that carries them, by <see cref="SyncSource.Polling"/> at first. With <see cref="SyncSource.LogicalDecoding"/>, <c>InstallAsync</c> makes a replication slot for each part.</summary>
    public SyncSource Source { get; set; }

    /// <summary>
    /// The vendor's direct endpoint, in the form of a connection string, for <see cref="SyncSource.LogicalDecoding"/>; null for the database's own connection string, where that leads past every pooler. It has to name the
    /// password: what <see cref="DatabaseOptions.ConfigureDataSource"/> sets is not known to replication connections.
    /// </summary>
    public string? ReplicationConnectionString { get; set; }

    /// <summary>How many bytes of write-ahead log the slots may hold back before an alert is raised and the health check is degraded; 1 GiB at first.</summary>
    public long MaxRetainedWal { get; set; } = 1L << 30;

    internal bool IsDecoded => Source == SyncSource.LogicalDecoding;
}
