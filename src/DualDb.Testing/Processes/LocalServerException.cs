namespace DualDb.Testing;

/// <summary>
/// A local server could not be found, brought, started or reached. The message names the server, what was tried
/// and what to install or change; it never holds a password.
/// </summary>
public sealed class LocalServerException : Exception
{
    /// <summary>Creates the exception with what failed and what to do about it.</summary>
    /// <param name="message">What failed, with the next step.</param>
    public LocalServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what failed, what to do about it, and the failure beneath.</summary>
    /// <param name="message">What failed, with the next step.</param>
    /// <param name="innerException">The failure beneath.</param>
    public LocalServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
