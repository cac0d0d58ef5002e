namespace DualDb.Consistency.Sagas;

/// <summary>An instance as operators see it in a list. Times are those of the home database.</summary>
public sealed record SagaSummary
{
    /// <summary>The name of the saga.</summary>
    public required string Saga { get; init; }

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it has come.</summary>
    public required SagaState State { get; init; }

    /// <summary>The step that failed; null for none.</summary>
    public string? FailedStep { get; init; }

    /// <summary>Why it failed, or why it is stopped; null where it is neither.</summary>
    public string? Error { get; init; }

    /// <summary>The node that runs it; null for none.</summary>
    public string? Node { get; init; }

    /// <summary>How often a node was lost that ran it.</summary>
    public int Takeovers { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the journal last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was finished; null where it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it is compensated if it is not done by then; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When somebody looks at it next; null where nobody does.</summary>
    public DateTimeOffset? NextDue { get; init; }
}

/// <summary>Which instances are listed; what is null does not matter.</summary>
public sealed record SagaFilter
{
    /// <summary>The name of the saga.</summary>
    public string? Saga { get; init; }

    /// <summary>The states.</summary>
    public IReadOnlyCollection<SagaState>? States { get; init; }

    /// <summary>How the id begins.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>Started then or later.</summary>
    public DateTimeOffset? CreatedSince { get; init; }

    /// <summary>Started before.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only those that wait for an operator or are beyond their deadline.</summary>
    public bool IsStuck { get; init; }
}

/// <summary>An instance as operators see it alone.</summary>
/// <param name="Summary">What a list says of it.</param>
/// <param name="Input">Its input as JSON.</param>
/// <param name="Result">Its result as JSON; null for none.</param>
/// <param name="Timeline">Its attempts, in the order in which they began.</param>
/// <param name="Audit">What operators have done to it, the first first.</param>
public sealed record SagaDetails(
    SagaSummary Summary, string Input, string? Result, IReadOnlyList<SagaAttempt> Timeline, IReadOnlyList<SagaAudit> Audit);

/// <summary>One attempt at a step or a compensation.</summary>
public sealed record SagaAttempt
{
    /// <summary>The step.</summary>
    public required string Step { get; init; }

    /// <summary>Whether it is the step's way back.</summary>
    public bool IsCompensation { get; init; }

    /// <summary>Which attempt it was; 0 where the node that made it was lost before it told the journal.</summary>
    public int Attempt { get; init; }

    /// <summary><c>started</c>, <c>succeeded</c>, <c>failed</c>, <c>unanswered</c> or <c>skipped</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null where it has not, or the node was lost.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null where it has not.</summary>
    public string? Error { get; init; }

    /// <summary>The node; null where it is not known.</summary>
    public string? Node { get; init; }

    /// <summary>The result as JSON; null for none.</summary>
    public string? Result { get; init; }
}

/// <summary>What an operator has done to an instance.</summary>
/// <param name="At">When.</param>
/// <param name="Who">Who.</param>
/// <param name="Action">What: <c>resume</c>, <c>retry</c>, <c>skip</c>, <c>skip-compensation</c> or <c>compensate</c>.</param>
/// <param name="Step">The step; null for none.</param>
/// <param name="Reason">Why.</param>
public sealed record SagaAudit(DateTimeOffset At, string Who, string Action, string? Step, string Reason);

/// <summary>How many instances of a saga are in a state that they do not stay in by themselves.</summary>
/// <param name="Saga">The name of the saga.</param>
/// <param name="State">The state.</param>
/// <param name="Count">How many, counted to 100,000.</param>
/// <param name="OldestAt">When the oldest of them was started.</param>
public sealed record SagaCount(string Saga, SagaState State, long Count, DateTimeOffset OldestAt);

/// <summary>A page of an instance's attempts.</summary>
/// <param name="Attempts">The attempts, in the order in which they began, with their results.</param>
/// <param name="HasMore">Whether there are later ones.</param>
public sealed record SagaTimelinePage(IReadOnlyList<SagaAttempt> Attempts, bool HasMore)
{
    /// <summary>Databases of steps that could not be read: results of steps there are missing, and attempts that the journal was not told of. Empty where all were read.</summary>
    public IReadOnlyList<Database> Unread { get; init; } = [];
}

/// <summary>A step of a saga, as its definition in this application has it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Number">Its place; steps of one number run side by side.</param>
/// <param name="Target">The database of its transaction; null for none.</param>
/// <param name="HasResult">Whether it returns something, so that whoever skips it has to say what.</param>
/// <param name="HasCompensation">Whether it can be undone.</param>
/// <param name="IsPivot">Whether there is no way back behind it.</param>
public sealed record SagaStepInfo(string Name, int Number, Database? Target, bool HasResult, bool HasCompensation, bool IsPivot);
