namespace DualDb;

/// <summary>Where an order puts NULL.</summary>
public enum Nulls
{
    /// <summary>Where PostgreSQL does: last in ascending order, first in descending order.</summary>
    Default = 0,

    /// <summary>Before all values.</summary>
    First = 1,

    /// <summary>After all values.</summary>
    Last = 2,
}
