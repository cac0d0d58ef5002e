using DualDb.Errors;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Sends what was read on its way to its handlers.</summary>
internal sealed class Routing(EventDirectory directory, IReadOnlyDictionary<string, HandlerLane> lanes, BlockedKeys blocked, InFlight inFlight, OutboxWriter writer, TimeProvider clock, ILogger logger)
{
    /// <summary>The handler of events whose name nobody knows.</summary>
    public const string Nobody = "(unknown event)";

    private static readonly HandlerOptions NobodysOptions = new(Nobody) { MaxAttempts = 1 };

    /// <summary>Hands an event to all that take it.</summary>
    public void Send(StoredEvent stored, SlotLease lease)
    {
        if (!inFlight.Add(stored, lease))
        {
            return;
        }

        var takers = directory.Takers(stored.Event.Name);
        if (!directory.Knows(stored.Event.Name))
        {
            // Publishers may take it all the same; handlers of a newer node must not miss it.
            var unknown = Outcome.Failed(EventPayloadException.Unknown(stored.Event));
            writer.Add(new EndedFailure(lease, stored, Nobody, NobodysOptions, unknown));
            Log(stored, Nobody, NobodysOptions, 1, unknown);
        }

        if (takers.Count == 0)
        {
            writer.Add(new EndedEvent(lease, stored, []));
            return;
        }

        var outcomes = new OutcomeList(takers.Count, all => writer.Add(new EndedEvent(lease, stored, all)));
        foreach (var taker in takers)
        {
            lanes[taker.Name].Enqueue(new Delivery(stored, taker, Attempts: 0, lease, (delivery, outcome) => End(delivery, outcome, outcomes)));
        }
    }

    // A failure is written at once, and not when the other handlers have ended as well: what follows of the key is, and must not be written before it.
    private void End(Delivery delivery, Outcome outcome, OutcomeList outcomes)
    {
        EventMeter.Ended(delivery, outcome, clock.GetUtcNow());
        if (outcome.Kind is OutcomeKind.Failed or OutcomeKind.Waiting)
        {
            writer.Add(new EndedFailure(delivery.Lease, delivery.Stored, delivery.To.Name, delivery.To.Options, outcome));
            Log(delivery.Stored, delivery.To.Name, delivery.To.Options, 1, outcome);
        }

        outcomes.Add(delivery.To, outcome);
    }

    private void Log(StoredEvent stored, string handler, HandlerOptions options, int attempt, Outcome outcome)
    {
        if (outcome.Kind is not OutcomeKind.Failed)
        {
            return;
        }

        if (Retry.IsDead(outcome, attempt, options))
        {
            EventLog.Parked(logger, handler, stored.Event.Id, stored.Event.Name, attempt, ServerWords.Loggable(outcome.Failure));
        }
        else
        {
            EventLog.AttemptFailed(logger, handler, stored.Event.Id, stored.Event.Name, attempt, ServerWords.Loggable(outcome.Failure));
        }
    }

    /// <summary>Hands a delivery that is due again to its handler.</summary>
    /// <param name="stored">The delivery.</param>
    /// <param name="lease">The lease under which it was read.</param>
    /// <param name="moment">The moment of <see cref="BlockedKeys"/> before it was read.</param>
    /// <returns>Whether it is on its way; where it is not, a later look finds it again.</returns>
    public bool Send(StoredDelivery stored, SlotLease lease, long moment)
    {
        if (!blocked.MayFollow(stored.Handler, stored.Stored.Event.Key, moment) || !inFlight.Add(stored, lease))
        {
            return false;
        }

        var known = string.Equals(stored.Handler, Nobody, StringComparison.Ordinal) ? null : directory.Find(stored.Handler, stored.Stored.Event.Name);
        if (known is null)
        {
            writer.Add(new EndedDelivery(lease, stored, NobodysOptions, Gone(stored)));
            return true;
        }

        lanes[known.Name].Enqueue(new Delivery(stored.Stored, known, stored.Attempts, lease, (delivery, outcome) =>
        {
            EventMeter.Ended(delivery, outcome, clock.GetUtcNow());
            Log(stored.Stored, known.Name, known.Options, stored.Attempts + 1, outcome);
            writer.Add(new EndedDelivery(lease, stored, known.Options, outcome));
        }) { IsRetry = true });
        return true;
    }

    private Outcome Gone(StoredDelivery stored)
    {
        blocked.Expect(stored.Handler, stored.Stored.Event.Key, isRetry: true);
        return Outcome.Failed(directory.Knows(stored.Stored.Event.Name)
            ? new EventPayloadException($"The event {stored.Stored.Event.Id} waits for the handler '{stored.Handler}', and this application has none of that name. Give the class its old name by [EventHandler(\"{stored.Handler}\")], or discard the delivery.")
            : EventPayloadException.Unknown(stored.Stored.Event));
    }

    /// <summary>Collects how an event ended with each of its handlers.</summary>
    private sealed class OutcomeList(int expected, Action<IReadOnlyList<(string, HandlerOptions, Outcome)>> complete)
    {
        private readonly List<(string, HandlerOptions, Outcome)> _outcomes = new(expected);

        public void Add(Subscription taker, Outcome outcome)
        {
            bool isLast;
            lock (_outcomes)
            {
                _outcomes.Add((taker.Name, taker.Options, outcome));
                isLast = _outcomes.Count == expected;
            }

            if (isLast)
            {
                complete(_outcomes);
            }
        }
    }
}
