using DualDb.Consistency.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Keeps the tables in order, on the node that leases the first slot, and takes the figures that operators see.</summary>
internal sealed class OutboxMaintenance(PostgresDatabase database, EventDirectory directory, EventOptions options, OutboxState state, IReadOnlyList<OutboxState> all, ILogger logger)
{
    private const int DaysAhead = 3;

    /// <summary>
    /// More rows are not counted: the figure is looked at, not added up. What failed waits as well, a broken broker being seen by nothing else; what was delayed waits from when it was due.
    /// </summary>
    private const string Figures = """
        select
            (select count(*) from (select from dualdb.outbox where handled_at is null and due_at is null limit 100000) pending)
                + (select count(*) from (select from dualdb.outbox where handled_at is null and due_at is not null limit 100000) scheduled),
            (select count(*) from (select from dualdb.outbox_deliveries where state <> 'dead' limit 100000) pending),
            (select count(*) from (select from dualdb.outbox_deliveries where state = 'dead' limit 100000) dead),
            least(
                (select min(published_at) from dualdb.outbox where handled_at is null and due_at is null),
                (select min(published_at) from dualdb.outbox where handled_at is null and due_at is not null),
                (select min(published_at) from dualdb.outbox_deliveries)),
            greatest(interval '0', clock_timestamp() - least(
                (select min(published_at) from dualdb.outbox where handled_at is null and due_at is null),
                (select min(due_at) from dualdb.outbox where handled_at is null and due_at is not null),
                (select min(coalesce((select o.due_at from dualdb.outbox o where o.id = d.outbox_id and o.published_at = d.published_at), d.published_at))
                    from (select outbox_id, published_at from dualdb.outbox_deliveries where state <> 'dead' order by published_at limit 1000) d)))
        """;

    /// <summary>An operator's step and a node's may miss each other: what waits behind nothing goes on.</summary>
    private const string Sweep = """
        with heads as (
            select distinct on (handler, key) id, state from dualdb.outbox_deliveries where key is not null and slot = any($1) order by handler, key, outbox_id
        )
        update dualdb.outbox_deliveries d set state = 'retrying', next_attempt_at = clock_timestamp() from heads h where d.id = h.id and h.state = 'waiting' and d.state = 'waiting'
        """;

    /// <summary>
    /// Events whose name is known by now: an older node parked them while this one was not running yet. They take the way of new ones, as new rows: those that they came from may have been dropped.
    /// </summary>
    private const string Revive = """
        with known as (
            delete from dualdb.outbox_deliveries where handler = $1 and name = any($2) returning *
        )
        insert into dualdb.outbox (event_id, name, version, slot, key, payload, headers, trace_parent, trace_state)
        select k.event_id, k.name, k.version, k.slot, k.key, k.payload, k.headers, k.trace_parent, k.trace_state from known k order by k.outbox_id
        """;

    private const string Limits = "select pg_catalog.set_config('lock_timeout', '1s', true)";

    private const string CreatePartitions = "select dualdb.create_outbox_partitions($1)";

    private const string DropPartitions = "select dualdb.drop_outbox_partitions(clock_timestamp() - $1)";

    /// <summary>Rows that no partition was there for.</summary>
    private const string Trim = """
        delete from dualdb.outbox_default where ctid in (select ctid from dualdb.outbox_default where handled_at < clock_timestamp() - $1 limit 100000)
        """;

    private const string Forget = """
        delete from dualdb.inbox where ctid in (select ctid from dualdb.inbox where handled_at < least(clock_timestamp() - $1, $2) limit 100000)
        """;

    /// <summary>The oldest rows alone are looked at, so that nothing is searched where all of them are to be kept.</summary>
    private const string ForgetAudits = """
        delete from dualdb.outbox_audit
        where id in (select id from (select id, at from dualdb.outbox_audit order by id limit 10000) oldest where at < clock_timestamp() - $1)
        """;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CareInterval = TimeSpan.FromMinutes(1);

    private long _sweptAt;
    private long _countedAt;
    private long _caredAt;
    private long _forgotAt;

    public async Task RunWhereDueAsync(SlotLeases leases, CancellationToken cancellationToken)
    {
        if (IsDue(ref _sweptAt, SweepInterval))
        {
            short[] slots = [.. leases.Held.Select(static lease => lease.Slot)];
            await CareAsync("Letting go on what waits in the outbox", [DatabaseCall.Command(Sweep, DatabaseCall.Parameter(slots, NpgsqlDbType.Smallint))], cancellationToken).ConfigureAwait(false);
        }

        if (IsDue(ref _countedAt, CountInterval))
        {
            await DatabaseCall.RunAsync(database, "Reading the figures of the outbox", [DatabaseCall.Command(Figures)], ReadFiguresAsync, cancellationToken).ConfigureAwait(false);
        }

        if (leases.Of(0) is not null && IsDue(ref _caredAt, CareInterval))
        {
            await CareAsync("Reviving events of the outbox", [DatabaseCall.Command(Revive, DatabaseCall.Parameter(Routing.Nobody), DatabaseCall.Parameter(directory.Names.ToArray(), NpgsqlDbType.Text))], cancellationToken).ConfigureAwait(false);
            await CareAsync("Creating partitions of the outbox", [DatabaseCall.Command(Limits), DatabaseCall.Command(CreatePartitions, DatabaseCall.Parameter(DaysAhead))], cancellationToken).ConfigureAwait(false);
            await CareAsync("Dropping partitions of the outbox", [DatabaseCall.Command(Limits), DatabaseCall.Command(DropPartitions, DatabaseCall.Parameter(options.Retention)), DatabaseCall.Command(Trim, DatabaseCall.Parameter(options.Retention))], cancellationToken).ConfigureAwait(false);
            await CareAsync("Forgetting what operators did", [DatabaseCall.Command(ForgetAudits, DatabaseCall.Parameter(options.AuditRetention))], cancellationToken).ConfigureAwait(false);
        }

        // Not with the care above: what the other outbox holds may not be known yet when that is due for the first time.
        if (leases.Of(0) is not null && all.All(static other => other.IsKnown) && IsDue(ref _forgotAt, CareInterval))
        {
            await ForgetAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsDue(ref long last, TimeSpan interval)
    {
        var now = database.Clock.GetTimestamp();
        if (last != 0 && database.Clock.GetElapsedTime(last, now) < interval)
        {
            return false;
        }

        last = now;
        return true;
    }

    /// <summary>Care can wait: where it fails, events go on, and it is tried again a minute later.</summary>
    private async Task CareAsync(string doing, IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseCall.RunAsync(database, doing, commands, cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception) when (exception is not DatabaseUnavailableException)
        {
            EventLog.CareFailed(logger, doing, database.Kind, exception);
        }
    }

    /// <summary>What was handled is remembered for as long as anything older could still be delivered, from either database.</summary>
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var oldest = all.Min(static other => other.OldestUnfinished ?? DateTimeOffset.MaxValue.AddDays(-2));

        // A day for clocks that differ. What was published since the figures were taken is younger than the shortest retention.
        var before = new NpgsqlParameter<DateTimeOffset> { TypedValue = oldest.ToUniversalTime().AddDays(-1), NpgsqlDbType = NpgsqlDbType.TimestampTz };
        await CareAsync("Forgetting handled events", [DatabaseCall.Command(Forget, DatabaseCall.Parameter(options.InboxRetention), before)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ReadFiguresAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        state.Pending = reader.GetInt64(0) + reader.GetInt64(1);
        state.Dead = reader.GetInt64(2);
        state.OldestUnfinished = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3);
        state.OldestAge = reader.GetFieldValue<TimeSpan>(4);
        state.IsKnown = true;
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return true;
    }
}
