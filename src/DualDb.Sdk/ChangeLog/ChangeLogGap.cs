namespace DualDb.ChangeLog;

/// <summary>Why the changes since a position cannot be told. Whoever held the position has to begin anew.</summary>
internal enum ChangeLogGap
{
    /// <summary>They can: nothing is missing.</summary>
    None,

    /// <summary>The position is of another database, or of this one before it was restored, failed over or had its log made anew.</summary>
    AnotherHistory,

    /// <summary>Changes since the position were purged.</summary>
    Purged,
}
