namespace DualDb;

/// <summary>
/// The connection broke after a write or commit was sent and before the reply came: it may have been applied, or not.
/// Read the data again before repeating the write.
/// </summary>
/// <param name="message">What was under way, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class CommitOutcomeUnknownException(string message, Exception? innerException = null) : DualDbException(message, innerException);
