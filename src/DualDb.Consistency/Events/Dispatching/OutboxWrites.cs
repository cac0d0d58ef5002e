using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// The statements of one batch, which is one transaction. Each takes part only under the token of a lease that is still this node's: what one that was paused writes later falls away.
/// </summary>
internal sealed class OutboxWrites(Guid node)
{
    private const string Held = "join dualdb.outbox_slots s on s.slot = e.slot and s.owner = $1 and s.token = e.token";

    private const string MarkHandled = $"""
        update dualdb.outbox o set handled_at = clock_timestamp()
        from unnest($2, $3, $4, $5) e (id, published_at, slot, token) {Held}
        where o.id = e.id and o.published_at = e.published_at and o.handled_at is null
        """;

    /// <summary>From the rows themselves, so that nothing of them travels again. A delivery behind others of its key waits; the first one is due at once.</summary>
    private const string Deliver = $"""
        insert into dualdb.outbox_deliveries as d (
            outbox_id, event_id, published_at, name, version, slot, key, payload, headers, trace_parent, trace_state, handler, state, attempts, next_attempt_at, failure, error, failed_at)
        select o.id, o.event_id, o.published_at, o.name, o.version, o.slot, o.key, o.payload, o.headers, o.trace_parent, o.trace_state, e.handler,
            case when e.state <> 'waiting' then e.state
                when o.key is null then 'retrying'
                when row_number() over (partition by e.handler, o.key order by e.place) > 1 then 'waiting'
                when exists (select from dualdb.outbox_deliveries x where x.handler = e.handler and x.key = o.key) then 'waiting'
                else 'retrying' end,
            e.attempts, clock_timestamp() + coalesce(e.pause, interval '0'), e.failure, e.error, case when e.error is not null then clock_timestamp() end
        from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) with ordinality e (id, published_at, slot, token, handler, state, attempts, pause, failure, error, place) {Held}
        join dualdb.outbox o on o.id = e.id and o.published_at = e.published_at
        order by e.place
        on conflict (outbox_id, handler) do nothing
        """;

    private const string Remove = $"""
        delete from dualdb.outbox_deliveries d
        using unnest($2, $3, $4) e (id, slot, token) {Held}
        where d.id = e.id
        """;

    private const string Update = $"""
        update dualdb.outbox_deliveries d set
            state = e.state,
            attempts = case when e.state = 'waiting' then d.attempts else e.attempts end,
            next_attempt_at = clock_timestamp() + e.pause,
            failure = coalesce(e.failure, d.failure),
            error = coalesce(e.error, d.error),
            failed_at = case when e.error is not null then clock_timestamp() else d.failed_at end
        from unnest($2, $3, $4, $5, $6, $7, $8, $9) e (id, slot, token, state, attempts, pause, failure, error) {Held}
        where d.id = e.id and d.state = 'retrying'
        """;

    /// <summary>What waited behind those that were handled now is due, where nothing of the key stands before it.</summary>
    private const string Promote = """
        update dualdb.outbox_deliveries d set state = 'retrying', next_attempt_at = clock_timestamp()
        from unnest($1, $2) k (handler, key)
        cross join lateral (
            select w.id from dualdb.outbox_deliveries w
            where w.handler = k.handler and w.key = k.key and w.state = 'waiting'
                and not exists (select from dualdb.outbox_deliveries x where x.handler = k.handler and x.key = k.key and x.state <> 'waiting')
            order by w.outbox_id limit 100
        ) next
        where d.id = next.id
        """;

    private const string Left = """
        select k.handler, k.key from unnest($1, $2) k (handler, key)
        where not exists (select from dualdb.outbox_deliveries x where x.handler = k.handler and x.key = k.key)
        """;

    /// <summary>Writes them, and says of which keys nothing is left.</summary>
    public Task<IReadOnlyList<(string Handler, string Key)>> WriteAsync(PostgresDatabase database, IReadOnlyList<Ended> ended, CancellationToken cancellationToken)
    {
        var commands = new List<NpgsqlBatchCommand>();
        var events = ended.OfType<EndedEvent>().Where(static done => !done.IsAbandoned).ToList();
        var tried = ended.OfType<EndedDelivery>().ToList();
        AddDeliveries(commands, ended.OfType<EndedFailure>().ToList());
        AddHandled(commands, events);
        AddRemoved(commands, tried.Where(static delivery => delivery.Outcome.Kind is OutcomeKind.Handled).ToList());
        AddUpdated(commands, tried.Where(static delivery => delivery.Outcome.Kind is OutcomeKind.Failed or OutcomeKind.Waiting).ToList());
        var keys = Keys(events, tried);
        if (keys.Count > 0)
        {
            commands.Add(DatabaseCall.Command(Promote, Texts(keys, static key => key.Handler), Texts(keys, static key => key.Key)));
            commands.Add(DatabaseCall.Command(Left, Texts(keys, static key => key.Handler), Texts(keys, static key => key.Key)));
        }

        return commands.Count == 0
            ? Task.FromResult<IReadOnlyList<(string, string)>>([])
            : DatabaseCall.RunAsync(database, "Writing back to the outbox", commands, ReadLastAsync, cancellationToken);
    }

    private static List<(string Handler, string Key)> Keys(List<EndedEvent> events, List<EndedDelivery> tried)
        => [.. tried.Where(static delivery => delivery.Outcome.Kind is OutcomeKind.Handled && delivery.Delivery.Stored.Event.Key is not null)
            .Select(static delivery => (delivery.Delivery.Handler, delivery.Delivery.Stored.Event.Key!))
            .Distinct()];

    private void AddHandled(List<NpgsqlBatchCommand> commands, List<EndedEvent> events)
    {
        if (events.Count > 0)
        {
            commands.Add(DatabaseCall.Command(
                MarkHandled,
                DatabaseCall.Parameter(node),
                Values(events, static done => done.Stored.Number, NpgsqlDbType.Bigint),
                Values(events, static done => done.Stored.Event.PublishedAt, NpgsqlDbType.TimestampTz),
                Values(events, static done => done.Lease.Slot, NpgsqlDbType.Smallint),
                Values(events, static done => done.Lease.Token, NpgsqlDbType.Bigint)));
        }
    }

    private void AddDeliveries(List<NpgsqlBatchCommand> commands, List<EndedFailure> failures)
    {
        var rows = failures.ConvertAll(static failure => (Done: failure, failure.Handler, Next: NextState.Of(failure.Outcome, attempts: 1, failure.Options)));
        if (rows.Count > 0)
        {
            commands.Add(DatabaseCall.Command(
                Deliver,
                DatabaseCall.Parameter(node),
                Values(rows, static row => row.Done.Stored.Number, NpgsqlDbType.Bigint),
                Values(rows, static row => row.Done.Stored.Event.PublishedAt, NpgsqlDbType.TimestampTz),
                Values(rows, static row => row.Done.Lease.Slot, NpgsqlDbType.Smallint),
                Values(rows, static row => row.Done.Lease.Token, NpgsqlDbType.Bigint),
                Values(rows, static row => row.Handler, NpgsqlDbType.Text),
                Values(rows, static row => row.Next.State, NpgsqlDbType.Text),
                Values(rows, static row => row.Next.Attempts, NpgsqlDbType.Integer),
                Values(rows, static row => row.Next.Pause, NpgsqlDbType.Interval),
                Values(rows, static row => row.Next.Failure, NpgsqlDbType.Text),
                Values(rows, static row => row.Next.Error, NpgsqlDbType.Text)));
        }
    }

    private void AddRemoved(List<NpgsqlBatchCommand> commands, List<EndedDelivery> handled)
    {
        if (handled.Count > 0)
        {
            commands.Add(DatabaseCall.Command(
                Remove,
                DatabaseCall.Parameter(node),
                Values(handled, static delivery => delivery.Delivery.Id, NpgsqlDbType.Bigint),
                Values(handled, static delivery => delivery.Lease.Slot, NpgsqlDbType.Smallint),
                Values(handled, static delivery => delivery.Lease.Token, NpgsqlDbType.Bigint)));
        }
    }

    private void AddUpdated(List<NpgsqlBatchCommand> commands, List<EndedDelivery> failed)
    {
        var rows = failed.ConvertAll(static delivery => (Tried: delivery, Next: NextState.Of(delivery.Outcome, delivery.Delivery.Attempts + 1, delivery.Options)));
        if (rows.Count > 0)
        {
            commands.Add(DatabaseCall.Command(
                Update,
                DatabaseCall.Parameter(node),
                Values(rows, static row => row.Tried.Delivery.Id, NpgsqlDbType.Bigint),
                Values(rows, static row => row.Tried.Lease.Slot, NpgsqlDbType.Smallint),
                Values(rows, static row => row.Tried.Lease.Token, NpgsqlDbType.Bigint),
                Values(rows, static row => row.Next.State, NpgsqlDbType.Text),
                Values(rows, static row => row.Next.Attempts, NpgsqlDbType.Integer),
                Values(rows, static row => row.Next.Pause, NpgsqlDbType.Interval),
                Values(rows, static row => row.Next.Failure, NpgsqlDbType.Text),
                Values(rows, static row => row.Next.Error, NpgsqlDbType.Text)));
        }
    }

    private static async Task<IReadOnlyList<(string Handler, string Key)>> ReadLastAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        // Only the last statement answers with rows.
        var left = new List<(string, string)>();
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                left.Add((reader.GetString(0), reader.GetString(1)));
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return left;
    }

    private static NpgsqlParameter Texts(List<(string Handler, string Key)> keys, Func<(string Handler, string Key), string> select) => Values(keys, select, NpgsqlDbType.Text);

    private static NpgsqlParameter Values<TRow, T>(List<TRow> rows, Func<TRow, T> select, NpgsqlDbType type) => DatabaseCall.Parameter(rows.ConvertAll(row => select(row)).ToArray(), type);
}
