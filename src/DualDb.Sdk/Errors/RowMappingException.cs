namespace DualDb;

/// <summary>A row of the database does not fit the model: NULL where the member accepts none, an unknown enum name, another type.</summary>
/// <param name="message">The column, what was found, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class RowMappingException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>The column; null where it could not be told.</summary>
    public string? Column { get; init; }
}
