namespace DualDb;

/// <summary>The database could not be reached, refused the login, or broke the connection, and retrying did not help.</summary>
/// <param name="message">Host, cause and next step, never a password.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DatabaseUnavailableException(string message, Exception? innerException = null) : DualDbException(message, innerException);
