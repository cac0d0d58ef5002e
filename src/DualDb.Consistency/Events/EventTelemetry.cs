namespace DualDb.Consistency.Events;

/// <summary>The names under which events can be observed.</summary>
public static class EventTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/> with one activity per attempt of a handler, linked to whoever published the event.</summary>
    public const string SourceName = "DualDb.Events";

    /// <summary>
    /// The <see cref="System.Diagnostics.Metrics.Meter"/>: <c>outbox.pending</c> and <c>outbox.oldest_age</c> (s) as last looked at, <c>outbox.dead</c>, <c>outbox.dispatch.duration</c> (s, from
    /// publication to the end of handling), <c>outbox.handler.duration</c> (s), <c>outbox.attempts</c>, <c>node.leases</c>.
    /// </summary>
    public const string MeterName = "DualDb.Events";
}
