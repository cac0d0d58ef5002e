namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What becomes of a delivery that was not handled.</summary>
/// <param name="State">Its state in the table.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Pause">When it is due; null where it is not.</param>
/// <param name="Failure">The group of failures that it belongs to; null where it did not fail.</param>
/// <param name="Error">What was raised; null where it did not fail.</param>
internal readonly record struct NextState(string State, int Attempts, TimeSpan? Pause, string? Failure, string? Error)
{
    public static NextState Of(Outcome outcome, int attempts, HandlerOptions options)
        => outcome.Kind is OutcomeKind.Waiting ? new NextState("waiting", 0, Pause: null, Failure: null, Error: null)
            : Retry.IsDead(outcome, attempts, options) ? new NextState("dead", attempts, Pause: null, Retry.Group(outcome.Failure!), Retry.Describe(outcome.Failure!))
            : new NextState("retrying", attempts, Retry.PauseAfter(attempts, options), Retry.Group(outcome.Failure!), Retry.Describe(outcome.Failure!));
}
