namespace DualDb.Testing;

/// <summary>What a writer knows of a write.</summary>
public enum LedgerOutcome
{
    /// <summary>It was begun; whether it was committed, only the database knows: the reply was lost, or the writer died.</summary>
    Unknown = 0,

    /// <summary>The database has confirmed the commit.</summary>
    Committed,

    /// <summary>It was certainly not committed.</summary>
    RolledBack,
}
