namespace DualDb.Migrations.Files.Sql;

/// <summary>How a statement has to be sent, and what is to be done where a run broke off while it ran.</summary>
internal enum StatementKind
{
    /// <summary>Within a transaction, with the note that it was done.</summary>
    Transactional,

    /// <summary>Alone; begun again it finds its index, and removes one that was left invalid.</summary>
    CreateIndexConcurrently,

    /// <summary>Alone; an index that is gone was dropped.</summary>
    DropIndexConcurrently,

    /// <summary>Alone; begun again it first removes what it left half built.</summary>
    ReindexConcurrently,

    /// <summary>Alone; twice does no harm.</summary>
    Repeatable,

    /// <summary>Alone; nobody but a person can tell whether it was done.</summary>
    Unrepeatable,

    /// <summary>An update that is divided: a transaction for some rows at a time.</summary>
    Batched,

    /// <summary>No statement of SQL: rows of a table are brought from the other database, in transactions of their own.</summary>
    Move,

    /// <summary>Takes back what <see cref="Move"/> did, as far as a way back is open.</summary>
    MoveBack,
}
