namespace DualDb.Consistency.Sagas;

/// <summary>How far an instance of a saga has come.</summary>
public enum SagaState
{
    /// <summary>Its steps run, or are about to be repeated.</summary>
    Running = 0,

    /// <summary>It waits for an event or for time.</summary>
    Waiting,

    /// <summary>A step has failed for good, and what was done is being undone.</summary>
    Compensating,

    /// <summary>All of its steps have taken effect.</summary>
    Completed,

    /// <summary>All that was done has been undone.</summary>
    Compensated,

    /// <summary>A compensation was given up: part of what was done is still there. It waits for an operator.</summary>
    CompensationFailed,

    /// <summary>It cannot go on by itself, for the reason that is kept as its error. It waits for an operator.</summary>
    Parked,
}

/// <summary>The states as they are stored.</summary>
internal static class SagaStates
{
    private static readonly string[] Names = ["running", "waiting", "compensating", "completed", "compensated", "compensation_failed", "parked"];

    public static string ToText(this SagaState state) => Names[(int)state];

    public static SagaState Parse(string text) => (SagaState)Math.Max(0, Array.IndexOf(Names, text));

    /// <summary>Whether nothing happens any more.</summary>
    public static bool IsFinished(this SagaState state) => state is SagaState.Completed or SagaState.Compensated;

    /// <summary>Whether nothing happens until an operator says so.</summary>
    public static bool IsStopped(this SagaState state) => state is SagaState.CompensationFailed or SagaState.Parked;
}
