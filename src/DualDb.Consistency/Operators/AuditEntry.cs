namespace DualDb.Consistency.Operators;

/// <summary>What came of something that an operator did.</summary>
public enum AuditOutcome
{
    /// <summary>It was begun, and nothing is known of its end: it goes on, or the process that did it has ended.</summary>
    Begun = 0,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was not allowed, or asked for wrongly; nothing was done.</summary>
    Refused,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>Something that an operator does.</summary>
/// <param name="Actor">Who does it.</param>
/// <param name="Action">What: <c>alerts/silence</c>.</param>
/// <param name="Target">What it is done to; empty where there is nothing to name.</param>
/// <param name="Reason">Why; empty where nothing was said.</param>
public sealed record OperatorAction(string Actor, string Action, string Target, string Reason);

/// <summary>An entry of the audit.</summary>
/// <param name="Id">Its number; later ones are higher.</param>
/// <param name="At">When it was begun.</param>
/// <param name="What">What was done, to what, by whom and why.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">That in words; empty for none.</param>
/// <param name="EndedAt">When that was known; null while it is not.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, OperatorAction What, AuditOutcome Outcome, string Detail, DateTimeOffset? EndedAt);

/// <summary>Which entries of the audit are wanted; null for all.</summary>
public sealed record AuditFilter
{
    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>What was done: an action, or all those that begin so, such as <c>outbox/</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Text within the target.</summary>
    public string? Target { get; init; }

    /// <summary>What came of it.</summary>
    public AuditOutcome? Outcome { get; init; }

    /// <summary>From when on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when, itself excluded.</summary>
    public DateTimeOffset? Until { get; init; }
}
