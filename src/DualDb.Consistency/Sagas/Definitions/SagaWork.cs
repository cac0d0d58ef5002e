using System.ComponentModel;

namespace DualDb.Consistency.Sagas;

/// <summary>What is run, once and for all: a step, or its way back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SagaWork
{
    private protected SagaWork(string method, Database? target)
    {
        Method = method;
        Target = target;
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The database whose transaction it is given; null for none.</summary>
    public Database? Target { get; }

    /// <summary>How often it is tried; null for what suits it.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The step that it is, or that it undoes.</summary>
    internal abstract SagaStep Step { get; }

    internal abstract bool IsCompensation { get; }

    /// <summary>As it is stored.</summary>
    internal string Kind => IsCompensation ? "compensation" : "step";

    internal RetryPolicy Policy => Retry ?? (Target is null || IsCompensation ? RetryPolicy.Unlimited : RetryPolicy.Default);

    internal abstract Task<object?> InvokeAsync(object saga, SagaValues values, StepCall call);

    /// <summary>The result as JSON; null for none.</summary>
    internal abstract string? Encode(object? result);
}

/// <summary>How often something is tried.</summary>
/// <param name="MaxAttempts">After how many attempts it is given up; 0 for never.</param>
/// <param name="Delay">The pause before the second attempt; each one after it is twice as long.</param>
/// <param name="MaxDelay">The longest pause.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RetryPolicy(int MaxAttempts, TimeSpan Delay, TimeSpan MaxDelay)
{
    internal static readonly RetryPolicy Default = new(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(5));

    internal static readonly RetryPolicy Unlimited = Default with { MaxAttempts = 0 };

    internal bool IsUsedUp(int attempts) => MaxAttempts > 0 && attempts >= MaxAttempts;

    /// <summary>The pause after so many failed attempts, with jitter, so that what failed together is not repeated together.</summary>
    internal TimeSpan PauseAfter(int attempts)
    {
        var pause = Math.Min(MaxDelay.TotalMilliseconds, Delay.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 32) - 1));
#pragma warning disable CA5394 // Nothing is kept secret by a pause.
        return TimeSpan.FromMilliseconds(pause * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }
}
