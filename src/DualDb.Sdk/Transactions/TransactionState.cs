namespace DualDb.Transactions;

/// <summary>How far a transaction has come.</summary>
internal enum TransactionState
{
    /// <summary>Statements can join.</summary>
    Active = 0,

    /// <summary>Committed.</summary>
    Committed,

    /// <summary>Rolled back, failed to commit, or of unknown outcome.</summary>
    RolledBack,
}
