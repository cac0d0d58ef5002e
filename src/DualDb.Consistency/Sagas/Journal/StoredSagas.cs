namespace DualDb.Consistency.Sagas.Journal;

/// <summary>An instance that this node has taken.</summary>
/// <param name="Saga">The name of the saga.</param>
/// <param name="Id">The id.</param>
/// <param name="Definition">The hash of the definition that it was begun with, or has gone on with.</param>
/// <param name="Signatures">The signatures of that definition.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Input">Its input as JSON.</param>
/// <param name="FailedStep">The step that made it compensate; null for none.</param>
/// <param name="Error">Why; null for none.</param>
/// <param name="Token">The number of this taking: what is done under a lower one no longer counts.</param>
/// <param name="Takeovers">How often a node was lost that had it.</param>
/// <param name="DeadlineIn">How long it may still take; null for as long as it takes, negative where that is over.</param>
/// <param name="TraceParent">The W3C context that it was started in; null for none.</param>
/// <param name="TraceState">What belongs to that; null for none.</param>
internal sealed record HeldSaga(
    string Saga,
    string Id,
    string Definition,
    string[] Signatures,
    SagaState State,
    string Input,
    string? FailedStep,
    string? Error,
    long Token,
    int Takeovers,
    TimeSpan? DeadlineIn,
    string? TraceParent,
    string? TraceState)
{
    /// <summary>For how long it is still left to nodes of other definitions, negative where that is over; null where it is not.</summary>
    public TimeSpan? LeftFor { get; init; }
}

/// <summary>An instance as whoever waits for it sees it.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="InputHash">The hash of its input.</param>
/// <param name="Result">Its result as JSON; null for none.</param>
/// <param name="FailedStep">The step that failed; null for none.</param>
/// <param name="Error">Why; null for none.</param>
/// <param name="DueIn">How long until somebody has to look at it, negative where that is over; null where nobody has to.</param>
internal sealed record SagaGlance(SagaState State, string InputHash, string? Result, string? FailedStep, string? Error, TimeSpan? DueIn);

/// <summary>What is known of the attempts at a step or a compensation.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsCompensation">Whether it is its way back.</param>
/// <param name="Last">The number of the last attempt.</param>
/// <param name="Failed">How many have failed since an operator last resumed the instance.</param>
/// <param name="IsOpen">Whether there is one that nobody knows the end of.</param>
internal sealed record StoredAttempts(string Step, bool IsCompensation, int Last, int Failed, bool IsOpen);

/// <summary>What a step has left behind in a database.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsCompensation">Whether it is its way back.</param>
/// <param name="Result">Its result as JSON; null for none.</param>
/// <param name="IsSkipped">Whether an operator has put it there.</param>
internal sealed record StoredResult(string Step, bool IsCompensation, string? Result, bool IsSkipped);

/// <summary>A wait that has begun.</summary>
/// <param name="Step">The step.</param>
/// <param name="EndsIn">How long until it ends, negative where that is over; null for never.</param>
internal sealed record StoredWait(string Step, TimeSpan? EndsIn);
