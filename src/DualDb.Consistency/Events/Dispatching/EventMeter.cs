using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Counts what the dispatchers of this process do.</summary>
internal static class EventMeter
{
    private static readonly Meter Meter = new(EventTelemetry.MeterName);
    private static readonly ConcurrentDictionary<OutboxState, byte> Watched = [];
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("outbox.attempts", "{attempt}", "Attempts of handlers, by how they ended.");
    private static readonly Histogram<double> Handlers = Meter.CreateHistogram<double>("outbox.handler.duration", "s", "How long handlers took.", tags: null, DurationBuckets.Calls);
    private static readonly Histogram<double> Dispatches = Meter.CreateHistogram<double>("outbox.dispatch.duration", "s", "From the publication of an event to the end of its handling.", tags: null, DurationBuckets.Ways);

    static EventMeter()
    {
        Meter.CreateObservableGauge("outbox.pending", static () => Observe(static state => state.Pending), "{event}", "Events that wait to be handled.");
        Meter.CreateObservableGauge("outbox.oldest_age", static () => Observe(static state => state.OldestAge.TotalSeconds), "s", "How long the oldest of them has waited.");
        Meter.CreateObservableGauge("outbox.dead", static () => Observe(static state => state.Dead), "{delivery}", "Deliveries that were given up.");
        Meter.CreateObservableGauge("outbox.listener_connected", static () => Observe(static state => state.IsListening ? 1 : 0), description: "Whether notifications of other processes arrive: 1, or 0 where events are found by polling alone.");
        Meter.CreateObservableGauge("node.leases", static () => Observe(static state => (long)state.Leases), "{slot}", "Slots of keys that this process leases.");
    }

    public static void Watch(OutboxState state) => Watched[state] = 0;

    public static void Forget(OutboxState state) => Watched.TryRemove(state, out _);

    public static void Handled(string handler, TimeSpan duration) => Handlers.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("handler", handler));

    public static void Ended(Delivery delivery, Outcome outcome, DateTimeOffset now)
    {
        Attempts.Add(
            1,
            new KeyValuePair<string, object?>("handler", delivery.To.Name),
            new KeyValuePair<string, object?>("outcome", outcome.Kind.ToString()));
        if (outcome.Kind is OutcomeKind.Handled)
        {
            Dispatches.Record(Math.Max(0, (now - delivery.Stored.Event.PublishedAt).TotalSeconds), new KeyValuePair<string, object?>("database", delivery.Stored.Event.Source.ToString()));
        }
    }

    private static IEnumerable<Measurement<T>> Observe<T>(Func<OutboxState, T> select)
        where T : struct
        => Watched.Keys.Select(state => new Measurement<T>(select(state), new KeyValuePair<string, object?>("database", state.Database.ToString())));
}
