namespace DualDb.Consistency.Sagas.Running;

/// <summary>A place in a run at which a process may die.</summary>
/// <param name="Moment">Where.</param>
/// <param name="Work">The step or compensation; null where it is none's.</param>
internal readonly record struct RunPoint(RunMoment Moment, SagaWork? Work);

/// <summary>The places at which a process may die.</summary>
internal enum RunMoment
{
    /// <summary>The instance is in the journal, and nothing of it was done.</summary>
    Started = 0,

    /// <summary>A step or compensation is about to be tried.</summary>
    BeforeAttempt,

    /// <summary>The user's code has returned, and nothing is committed.</summary>
    BeforeCommit,

    /// <summary>The effect is committed.</summary>
    AfterCommit,

    /// <summary>A step has failed for good, and the journal does not say so yet.</summary>
    BeforeTurningAround,

    /// <summary>The journal says that the instance is compensated.</summary>
    TurnedAround,

    /// <summary>It is about to wait, or to pause for long, and still has its lease.</summary>
    BeforePuttingDown,

    /// <summary>Everything is done, and the journal does not say so yet.</summary>
    BeforeFinish,

    /// <summary>The journal says that it is finished.</summary>
    Finished,
}
