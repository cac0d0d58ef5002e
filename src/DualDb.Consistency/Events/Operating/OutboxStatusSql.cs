using DualDb.Consistency.Schema;
using Npgsql;

namespace DualDb.Consistency.Events.Operating;

/// <summary>Counts what lies in an outbox.</summary>
internal static class OutboxStatusSql
{
    /// <summary>Each part is bounded: the figures are looked at, not added up, and a page that is open must not read a long queue over and over.</summary>
    private const string Sql = """
        select name, sum(pending)::bigint, sum(processing)::bigint, sum(scheduled)::bigint, sum(retrying)::bigint, sum(waiting)::bigint, sum(dead)::bigint, min(oldest)
        from (
            select o.name, count(*) as pending, count(*) filter (where s.expires_at > clock_timestamp()) as processing, 0 as scheduled, 0 as retrying, 0 as waiting, 0 as dead, min(o.published_at) as oldest
            from (select name, slot, published_at from dualdb.outbox where handled_at is null and due_at is null limit 100000) o left join dualdb.outbox_slots s on s.slot = o.slot
            group by o.name
            union all
            select o.name, 0, 0, count(*), 0, 0, 0, null from (select name from dualdb.outbox where handled_at is null and due_at is not null limit 100000) o group by o.name
            union all
            select d.name, 0, 0, 0, count(*) filter (where d.state = 'retrying'), count(*) filter (where d.state = 'waiting'), 0, min(d.published_at)
            from (select name, state, published_at from dualdb.outbox_deliveries where state <> 'dead' limit 100000) d group by d.name
            union all
            select d.name, 0, 0, 0, 0, 0, count(*), min(d.published_at) from (select name, published_at from dualdb.outbox_deliveries where state = 'dead' limit 100000) d group by d.name
        ) counted
        group by name order by name limit 1000
        """;

    public static Task<OutboxStatus> ReadAsync(PostgresDatabase database, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            database,
            "Counting what lies in the outbox",
            [DatabaseCall.Command(Sql)],
            async (reader, token) =>
            {
                var events = new List<OutboxEventStatus>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    events.Add(Read(reader));
                }

                return new OutboxStatus(database.Kind, events);
            },
            cancellationToken);

    private static OutboxEventStatus Read(NpgsqlDataReader row) => new(row.GetString(0))
    {
        Pending = row.GetInt64(1),
        Processing = row.GetInt64(2),
        Scheduled = row.GetInt64(3),
        Retrying = row.GetInt64(4),
        Waiting = row.GetInt64(5),
        Dead = row.GetInt64(6),
        Oldest = row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
    };
}
