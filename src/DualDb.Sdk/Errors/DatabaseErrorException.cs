namespace DualDb;

/// <summary>PostgreSQL refused a statement for a reason that has no exception of its own.</summary>
/// <param name="message">PostgreSQL's words, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DatabaseErrorException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>
    /// The SQLSTATE, five characters. Over REST also a code of PostgREST's (<c>PGRST123</c>), or <c>HTTP</c> and the status where a gateway answered. Null for the SDK's own reasons.
    /// </summary>
    public string? SqlState { get; init; }

    /// <summary>The column; null where PostgreSQL gives none.</summary>
    public string? Column { get; init; }
}
