namespace DualDb;

/// <summary>A value that its column cannot hold was refused before anything was sent.</summary>
/// <param name="message">The column, the value's fault, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class InvalidEntityException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>The column; null where the fault is not one column's.</summary>
    public string? Column { get; init; }

    /// <summary>The index of the row in the list that was handed over; null for a single row.</summary>
    public int? RowIndex { get; init; }
}
