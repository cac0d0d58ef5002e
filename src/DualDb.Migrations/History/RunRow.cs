namespace DualDb.Migrations.History;

/// <summary>The last run, as the home database remembers it.</summary>
/// <param name="RunId">Which it is.</param>
/// <param name="PlanHash">The hash of its plan.</param>
/// <param name="Plan">The migrations of its plan.</param>
/// <param name="State">One of <see cref="RunState"/>.</param>
/// <param name="Policy">What happens when a migration fails, or <see cref="RunState.Down"/>.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record RunRow(Guid RunId, string PlanHash, IReadOnlyList<string> Plan, string State, string Policy, string? Error)
{
    /// <summary>What its plan was to do, as <see cref="Planning.PlanSteps"/> writes it; null where an earlier version began it, or it leads back.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    public bool IsUnfinished => State is RunState.Running or RunState.Failed or RunState.Compensating;

    /// <summary>Whether it leads back because somebody asked for that, and is not at its end. One that failed for good was given up, and the next run goes forward.</summary>
    public bool IsWayDown => IsCompensating && string.Equals(Policy, RunState.Down, StringComparison.Ordinal);

    public bool IsCompensating => string.Equals(State, RunState.Compensating, StringComparison.Ordinal);
}
