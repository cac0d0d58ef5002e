namespace DualDb.Migrations.Files.Sql;

/// <summary>One statement of a file.</summary>
/// <param name="Text">Its text, without the semicolon.</param>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Column">The column that it begins in, from 1.</param>
/// <param name="Kind">How it has to be sent.</param>
/// <param name="Target">The index or table that its kind looks for, as written; null where it looks for none.</param>
/// <param name="Relation">The table of an index that is created, as written; null for other kinds.</param>
internal sealed record SqlStatement(string Text, int Line, int Column, StatementKind Kind, string? Target = null, string? Relation = null)
{
    /// <summary>Whether it can be part of a transaction.</summary>
    public bool IsTransactional => Kind == StatementKind.Transactional;

    /// <summary>Whether it can be in no transaction at all, and needs a session of its own.</summary>
    public bool NeedsSession => Kind is not (StatementKind.Transactional or StatementKind.Batched or StatementKind.Move or StatementKind.MoveBack);

    /// <summary>The update that is divided; null for other kinds.</summary>
    public DividedUpdate? Update { get; init; }

    /// <summary>The table that is moved; null for other kinds.</summary>
    public TableMove? Moved { get; init; }

    /// <summary>Whether it is done together with the statement before it, though neither is part of a transaction with others.</summary>
    public bool JoinsBefore { get; init; }
}
