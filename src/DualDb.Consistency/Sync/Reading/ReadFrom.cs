namespace DualDb.Consistency.Sync;

/// <summary>Which of the two databases a row is read from that both have.</summary>
public enum ReadFrom
{
    /// <summary>The database of the entity: what it holds now.</summary>
    Primary = 0,

    /// <summary>
    /// The database that <see cref="SyncOptions.Nearest"/> names, and the other one where that cannot be reached. A copy has each write a little later: by what <c>sync.lag</c> says, and by longer while nothing is carried, such as in an
    /// outage or where the direction is stopped. While rows from before the synchronisation wait for a backfill, the entity's own table is read; that is looked at once a minute. To read your own writes, wait for their token first.
    /// </summary>
    Nearest,
}
