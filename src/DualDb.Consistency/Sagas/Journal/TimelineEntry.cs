namespace DualDb.Consistency.Sagas.Journal;

/// <summary>One attempt, as the journal is told of it with the next write that there is anyway: nothing depends on it but counts and eyes.</summary>
/// <param name="Work">What was tried.</param>
/// <param name="Attempt">Which attempt it was.</param>
/// <param name="Started">When it began, by this node's timestamps.</param>
internal sealed record TimelineEntry(SagaWork Work, int Attempt, long Started)
{
    /// <summary>It has begun.</summary>
    public const string Begun = "started";

    /// <summary>It has taken effect.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It has not taken effect.</summary>
    public const string Failed = "failed";

    /// <summary>Nobody knows whether it has taken effect.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>How it went.</summary>
    public string State { get; init; } = Begun;

    /// <summary>When it ended, by this node's timestamps; null where it has not.</summary>
    public long? Ended { get; init; }

    /// <summary>Why it failed; null where it has not.</summary>
    public string? Error { get; init; }
}
