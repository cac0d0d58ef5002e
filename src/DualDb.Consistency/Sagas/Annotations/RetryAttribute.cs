namespace DualDb.Consistency.Sagas;

/// <summary>
/// Says how often a step or a compensation is tried. Without it a step with a transaction is tried 5 times, a step without one until it answers, and a compensation until it succeeds. A
/// database that cannot be reached counts as no attempt; steps behind a <see cref="PivotAttribute"/> are never given up.
/// </summary>
/// <param name="maxAttempts">
/// After how many attempts it is given up, 1 or more; 0 for never. A step that is given up makes the saga compensate, a compensation that is given up makes it stop as
/// <see cref="SagaState.CompensationFailed"/>.
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RetryAttribute(int maxAttempts) : Attribute
{
    /// <summary>After how many attempts it is given up; 0 for never.</summary>
    public int MaxAttempts { get; } = maxAttempts;

    /// <summary>The pause before the second attempt in milliseconds, 200 at first; each one after it is twice as long, with jitter.</summary>
    public int DelayMilliseconds { get; set; } = 200;

    /// <summary>The longest pause between attempts in seconds, 300 at first.</summary>
    public int MaxDelaySeconds { get; set; } = 300;
}

/// <summary>How long one attempt at a step or a compensation may take, 30 seconds without this attribute; then it is cancelled and counts as failed.</summary>
/// <param name="seconds">The time in seconds, above 0.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TimeoutAttribute(double seconds) : Attribute
{
    /// <summary>The time in seconds.</summary>
    public double Seconds { get; } = seconds;
}
