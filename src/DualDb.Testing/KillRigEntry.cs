using System.Globalization;

namespace DualDb.Testing;

/// <summary>One line of a <see cref="KillRig"/>'s log.</summary>
/// <param name="At">How long after the start of the rig.</param>
/// <param name="Action">What was done; null for what came of it, such as a worker that runs again.</param>
/// <param name="Target">What it was done to, such as "worker 1", "Neon" or "line 0".</param>
/// <param name="Text">What happened, for readers.</param>
public sealed record KillRigEntry(TimeSpan At, KillAction? Action, string Target, string Text)
{
    /// <summary>The line as it is printed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:mm\\:ss\\.fff} {Target}: {Text}");
}
