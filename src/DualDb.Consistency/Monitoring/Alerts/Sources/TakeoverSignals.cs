using System.Globalization;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>Sagas that this node takes over, again and again: nodes end, or cannot reach the journal.</summary>
/// <param name="count">How many it has taken over since it began.</param>
/// <param name="options">How many are too many.</param>
/// <param name="clock">The clock.</param>
internal sealed class TakeoverSignals(Func<long> count, AlertOptions options, TimeProvider clock) : IAlertSource
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Queue<(long At, long Count)> _seen = new();

    /// <summary>Asked each second, by one at a time.</summary>
    public IEnumerable<AlertSignal> Signals()
    {
        var now = clock.GetTimestamp();
        _seen.Enqueue((now, count()));
        while (clock.GetElapsedTime(_seen.Peek().At, now) > Window)
        {
            _seen.Dequeue();
        }

        var taken = _seen.Last().Count - _seen.Peek().Count;
        if (taken > options.MaxTakeovers)
        {
            yield return new AlertSignal(AlertRules.SagasTakenOver, "", string.Create(CultureInfo.InvariantCulture, $"{taken} sagas were taken over within 5 minutes from nodes that were lost. Look at why nodes end, or cannot reach the journal."));
        }
    }
}
