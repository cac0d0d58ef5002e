namespace DualDb;

/// <summary>An option is missing or malformed.</summary>
/// <param name="message">The option, the places it can be set in, and the next step; never a secret.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DualDbConfigurationException(string message, Exception? innerException = null) : DualDbException(message, innerException);
