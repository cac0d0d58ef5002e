namespace DualDb.Consistency.Sync;

/// <summary>What becomes of two changes of one row that did not know of each other. Every decision is kept with both images.</summary>
public enum ConflictPolicy
{
    /// <summary>The source's row stays.</summary>
    SourcePriority = 0,

    /// <summary>The later change wins, by a hybrid logical clock; at the same microsecond, that of Supabase.</summary>
    LastWriterWins,

    /// <summary>The earlier change wins, and what was built on it.</summary>
    FirstWriterWins,

    /// <summary>Column by column: what one side has changed is taken; what both have, from the later change.</summary>
    ColumnMerge,

    /// <summary>Counters add up the changes of both sides; other columns are merged.</summary>
    Delta,

    /// <summary>A deletion wins over everything; otherwise the later change.</summary>
    DeleteWins,

    /// <summary>The resolver of the map decides.</summary>
    Custom,

    /// <summary>The source's row stays until an operator has decided.</summary>
    Manual,
}
