namespace DualDb.Caching;

/// <summary>What a write of one row may do.</summary>
internal enum RowWrite
{
    /// <summary>Insert a row.</summary>
    Insert = 0,

    /// <summary>Change a row that is there.</summary>
    Update,

    /// <summary>Either.</summary>
    Upsert,
}
