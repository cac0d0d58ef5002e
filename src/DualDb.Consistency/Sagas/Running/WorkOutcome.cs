namespace DualDb.Consistency.Sagas.Running;

/// <summary>How trying a step or a compensation has ended for now.</summary>
/// <param name="Work">What was tried.</param>
internal sealed record WorkOutcome(SagaWork Work)
{
    /// <summary>Whether it has taken effect.</summary>
    public bool IsDone { get; private init; }

    /// <summary>Why it was given up; null where it was not.</summary>
    public Exception? Failure { get; private init; }

    /// <summary>Whether it waits for an event or for time, and not for its next attempt.</summary>
    public bool IsWaiting { get; private init; }

    /// <summary>Where it is put down: when it is looked at again; null for when an event arrives.</summary>
    public TimeSpan? DueIn { get; private init; }

    public static WorkOutcome Done(SagaWork work) => new(work) { IsDone = true };

    public static WorkOutcome GivenUp(SagaWork work, Exception failure) => new(work) { Failure = failure };

    public static WorkOutcome PutDown(SagaWork work, TimeSpan pause) => new(work) { DueIn = pause };

    public static WorkOutcome Waits(SagaWork work, TimeSpan? dueIn) => new(work) { IsWaiting = true, DueIn = dueIn };
}
