namespace DualDb;

/// <summary>PostgreSQL refused a statement for a reason that has no exception of its own.</summary>
/// <param name="message">PostgreSQL's words, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DatabaseErrorException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>The SQLSTATE, five characters; null where the error is not PostgreSQL's own.</summary>
    public string? SqlState { get; init; }

    /// <summary>The column; null where PostgreSQL gives none.</summary>
    public string? Column { get; init; }
}
