namespace DualDb.Consistency.Sync.Decoding;

/// <summary>How a replication slot stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WalLevel">The server's <c>wal_level</c>.</param>
/// <param name="HasPublication">Whether what is inserted into the change log is published.</param>
/// <param name="Plugin">What decodes for it; null where the slot is not there.</param>
/// <param name="ActivePid">The process that reads from it; null for none.</param>
/// <param name="WalStatus">Whether what it needs is kept: <c>reserved</c>, <c>extended</c>, <c>unreserved</c>, <c>lost</c>.</param>
/// <param name="Retained">How many bytes of write-ahead log it holds back.</param>
/// <param name="Safe">How many bytes may be written before it is lost; null for any number.</param>
/// <param name="Invalidation">Why it was invalidated, where the server says so.</param>
internal sealed record SlotState(string Name, string WalLevel, bool HasPublication, string? Plugin, int? ActivePid, string? WalStatus, long Retained, long? Safe, string? Invalidation)
{
    /// <summary>How many connections the server replicates over at most.</summary>
    public int MaxSenders { get; init; }

    /// <summary>How many slots it has for this database: those that are not others'.</summary>
    public int MaxSlots { get; init; }

    public bool Exists => Plugin is not null;

    /// <summary>Whether it can never be read from again.</summary>
    public bool IsSpoilt => Exists && (WalStatus is null or "lost" || Invalidation is not null || Plugin is not "pgoutput");

    /// <summary>Why nothing can be decoded through it; null where it can.</summary>
    public string? FaultIn(Database database)
    {
        var why = !Exists ? $"The replication slot {Name} of {database} is not there: it was dropped, or went with a branch that was restored, or was removed while nobody read from it."
            : Plugin is not "pgoutput" ? $"The replication slot {Name} of {database} decodes by {Plugin}, and not by pgoutput: somebody else has made it."
            : IsSpoilt ? $"The replication slot {Name} of {database} has lost what it was to hold ({Invalidation ?? "wal_status lost"}): more was written than max_slot_wal_keep_size allows, or it was left alone for too long."
            : null;
        return why is null ? null
            : $"{why} Nothing is passed over: the changes are in dualdb.change_log. Call db.Sync.ResumeAsync(Database.{database}), which makes the slot anew and goes on where the direction was; to go on without one, set SyncOptions.{database}.Source to Polling first.";
    }
}
