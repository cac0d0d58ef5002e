namespace DualDb.Consistency.Sagas;

/// <summary>One attempt at a step or a compensation; steps may take it as a parameter.</summary>
public sealed class SagaContext
{
    /// <summary>The name of the saga.</summary>
    public required string Saga { get; init; }

    /// <summary>The id of the instance.</summary>
    public required string Id { get; init; }

    /// <summary>The step that runs, or that is compensated.</summary>
    public required string Step { get; init; }

    /// <summary>Whether this is the step's way back.</summary>
    public bool IsCompensation { get; init; }

    /// <summary>Which attempt this is; 1 for the first.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The same text in every attempt at this step of this instance, and another one for its compensation: hand it to services that drop repetitions.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The clock of the application.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
