namespace DualDb.Testing.Killing;

/// <summary>One thing to do.</summary>
/// <param name="After">How long after the one before.</param>
/// <param name="Action">What.</param>
/// <param name="Target">To which of those that it can be done to.</param>
/// <param name="Length">How long it lasts; zero where it does not.</param>
/// <param name="Delay">What it adds to round trips; zero but for delays.</param>
internal sealed record KillStep(TimeSpan After, KillAction Action, int Target, TimeSpan Length, TimeSpan Delay);
