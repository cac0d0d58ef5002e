namespace DualDb.Migrations;

/// <summary>A migration could not be written from the model. The folder is as it was.</summary>
/// <param name="message">What is in the way, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class ScaffoldException(string message, Exception? innerException = null) : DualDbException(message, innerException);
