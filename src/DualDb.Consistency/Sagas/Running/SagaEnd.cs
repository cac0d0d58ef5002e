namespace DualDb.Consistency.Sagas.Running;

/// <summary>How an instance has ended, or come to a stop.</summary>
/// <param name="State">Its state.</param>
internal sealed record SagaEnd(SagaState State)
{
    /// <summary>Its result; null for none.</summary>
    public object? Result { get; init; }

    /// <summary>The step that failed; null for none.</summary>
    public string? FailedStep { get; init; }

    /// <summary>Why; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>What made it fail, where that was in this process.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The result, for whoever waits for the instance.</summary>
    /// <exception cref="SagaException">It has none: it has failed, or has come to a stop.</exception>
    public object? Require(SagaDefinition definition, string id) => State switch
    {
        SagaState.Completed => Result,
        SagaState.Compensated => throw new SagaFailedException(
            $"The saga '{definition.Name}' of '{id}' failed{Where}, and what it had done was undone: {Error} Start it under another id once the cause is gone.", Failure)
        {
            Saga = definition.Name,
            Id = id,
            Step = FailedStep,
        },
        SagaState.CompensationFailed => throw new SagaCompensationFailedException(
            $"The saga '{definition.Name}' of '{id}' failed{Where}, and part of what it had done is still there: {Error} See db.Sagas.Operations.", Failure)
        {
            Saga = definition.Name,
            Id = id,
            Step = FailedStep,
        },
        _ => throw new SagaParkedException($"The saga '{definition.Name}' of '{id}' is parked: {Error} See db.Sagas.Operations.") { Saga = definition.Name, Id = id, Step = FailedStep },
    };

    private string Where => FailedStep is null ? "" : $" at its step {FailedStep}";
}
