namespace DualDb.ChangeLog;

/// <summary>What happened to a row, or to a table.</summary>
internal enum ChangeOperation
{
    /// <summary>A row was inserted.</summary>
    Insert,

    /// <summary>A row was updated, its key perhaps among what changed.</summary>
    Update,

    /// <summary>A row was deleted.</summary>
    Delete,

    /// <summary>All rows of the table were removed at once, without telling which.</summary>
    Truncate,
}
