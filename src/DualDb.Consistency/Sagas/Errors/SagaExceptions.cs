namespace DualDb.Consistency.Sagas;

/// <summary>The base of what concerns one saga.</summary>
/// <param name="message">The saga, the id, the step, the database and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public abstract class SagaException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>The name of the saga.</summary>
    public string Saga { get; init; } = "";

    /// <summary>The id of the instance; empty where there is none yet.</summary>
    public string Id { get; init; } = "";

    /// <summary>The step concerned; null where there is none.</summary>
    public string? Step { get; init; }
}

/// <summary>A saga was not started, since it cannot be stored: its id, or the size or content of its input.</summary>
/// <param name="message">What cannot be stored, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class SagaRefusedException(string message, Exception? innerException = null) : SagaException(message, innerException);

/// <summary>A saga was started under an id that another input has been started with. Nothing was done.</summary>
/// <param name="message">Both inputs, by their hashes, and the next step.</param>
public sealed class SagaInputMismatchException(string message) : SagaException(message)
{
    /// <summary>The hash of the input that the id was started with.</summary>
    public string StoredInputHash { get; init; } = "";

    /// <summary>The hash of the input that was given now.</summary>
    public string GivenInputHash { get; init; } = "";
}

/// <summary>The saga failed, and what it had done was undone.</summary>
/// <param name="message">The step that failed, and why.</param>
/// <param name="innerException">The step's exception, where it failed in this process; else null.</param>
public sealed class SagaFailedException(string message, Exception? innerException = null) : SagaException(message, innerException);

/// <summary>The saga failed, and undoing what it had done failed too: it waits for an operator.</summary>
/// <param name="message">The compensation that failed, and why.</param>
/// <param name="innerException">The compensation's exception, where it failed in this process; else null.</param>
public sealed class SagaCompensationFailedException(string message, Exception? innerException = null) : SagaException(message, innerException);

/// <summary>The saga cannot go on by itself: it waits for an operator.</summary>
/// <param name="message">The reason.</param>
public sealed class SagaParkedException(string message) : SagaException(message);

/// <summary>An operator asked for what cannot be done. Nothing was changed.</summary>
/// <param name="message">Why it cannot be done, and what can.</param>
public sealed class SagaOperationException(string message) : SagaException(message);

/// <summary>
/// Raised by a step that has found out that the saga cannot succeed, such as a payment that was refused: it is an answer, so that nothing is tried again and the saga is compensated.
/// Behind a <see cref="PivotAttribute"/> and in a compensation, where there is no other way, it is an attempt that failed.
/// </summary>
/// <param name="message">What was found out; it becomes part of the saga's error.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class SagaAbortException(string message, Exception? innerException = null) : DualDbException(message, innerException);
