namespace DualDb.Consistency.Monitoring.Alerts.Sharing;

/// <summary>What came of one exchange with the other nodes.</summary>
/// <param name="IsHolder">Whether this node is to evaluate.</param>
/// <param name="Others">What is the matter as the others see it.</param>
/// <param name="Silences">What is not told just now.</param>
/// <param name="Open">What was told of and is not over: by this node, or by others before it.</param>
/// <param name="Recent">When something was last told that is over, within the time in which it is not told again.</param>
internal sealed record Exchange(bool IsHolder, IReadOnlyList<AlertSignal> Others, IReadOnlyList<AlertSilence> Silences, IReadOnlyList<AlertState> Open, IReadOnlyList<ToldBefore> Recent)
{
    /// <summary>Where nobody can be asked: each node evaluates for itself.</summary>
    public static Exchange Alone { get; } = new(IsHolder: true, [], [], [], []);
}

/// <summary>When something was last told that is over.</summary>
internal sealed record ToldBefore(string Rule, string Subject, DateTimeOffset At);
