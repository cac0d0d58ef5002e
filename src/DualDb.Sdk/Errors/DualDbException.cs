namespace DualDb;

/// <summary>The base of every exception the SDK raises on its own account.</summary>
public class DualDbException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be done, why, and the next step.</param>
    /// <param name="innerException">The cause, or null.</param>
    public DualDbException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The database concerned; null where none or both are.</summary>
    public Database? Database { get; init; }

    /// <summary>The entity concerned, by its type's name; null where there is none.</summary>
    public string? Entity { get; init; }
}
