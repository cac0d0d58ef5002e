namespace DualDb;

/// <summary>The database lacks a table, column or type that the model maps.</summary>
/// <param name="message">What is missing, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class SchemaMismatchException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>The column that is missing; null where it is the table or something else.</summary>
    public string? Column { get; init; }

    /// <summary>The SQLSTATE that PostgreSQL answered with.</summary>
    public string? SqlState { get; init; }
}
