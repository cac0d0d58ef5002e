namespace DualDb.Querying;

/// <summary>How the rows that a query reads are locked until the transaction ends.</summary>
internal enum RowLock
{
    None,
    Wait,
    SkipLocked,
    NoWait,
}
