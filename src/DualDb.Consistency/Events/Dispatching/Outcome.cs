namespace DualDb.Consistency.Events.Dispatching;

/// <summary>How a delivery ended.</summary>
internal enum OutcomeKind
{
    /// <summary>The handler returned, and what it wrote is committed; or it had been handled before.</summary>
    Handled = 0,

    /// <summary>The attempt failed.</summary>
    Failed,

    /// <summary>It waits behind an event of its key that failed.</summary>
    Waiting,

    /// <summary>It was not tried to the end: the lease is lost, or the node shuts down. Whoever leases its keys next reads it again.</summary>
    Abandoned,
}

/// <summary>How a delivery ended, and why.</summary>
/// <param name="Kind">How.</param>
/// <param name="Failure">What was raised, where it failed; null otherwise.</param>
/// <param name="IsPermanent">Whether another attempt would fail as well: the payload cannot be read.</param>
internal readonly record struct Outcome(OutcomeKind Kind, Exception? Failure = null, bool IsPermanent = false)
{
    public static Outcome Handled => default;

    public static Outcome Waiting => new(OutcomeKind.Waiting);

    public static Outcome Abandoned => new(OutcomeKind.Abandoned);

    public static Outcome Failed(Exception failure) => new(OutcomeKind.Failed, failure, failure is EventPayloadException);
}
