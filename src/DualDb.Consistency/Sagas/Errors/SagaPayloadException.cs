namespace DualDb.Consistency.Sagas;

/// <summary>The result of a step cannot be stored: it is too large, or cannot be written as JSON.</summary>
/// <param name="message">The step, why, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class SagaPayloadException(string message, Exception? innerException = null) : SagaException(message, innerException);
