using DualDb.Consistency.Schema;
using DualDb.Consistency.Events.Dispatching;
using Npgsql;

namespace DualDb.Consistency.Events.Operating;

/// <summary>The statements behind <see cref="DeadLetters"/>. Each step and its record are one statement, so that neither is without the other.</summary>
internal static class DeadLetterSql
{
    private const string Matching = """
        ($1 is null or d.state = $1) and ($2 is null or d.handler = $2) and ($3 is null or d.name = $3) and ($4 is null or d.key = $4) and ($5 is null or d.failure = $5)
            and ($6 is null or strpos(lower(d.error), lower($6)) > 0)
        """;

    private const string ListSql = $"""
        select d.id, d.state, d.handler, d.event_id, d.name, d.version, d.key, d.payload::text, d.published_at, d.headers::text, d.trace_parent, d.trace_state,
            d.attempts, d.failure, d.error, d.failed_at, d.next_attempt_at
        from dualdb.outbox_deliveries d
        where {Matching} and d.id > $7
        order by d.id
        limit $8
        """;

    /// <summary>So many groups are told of.</summary>
    public const int MostGroups = 1000;

    // In one order, so that pages of them neither repeat nor leave out any.
    private static readonly string GroupsSql = $"""
        select d.handler, d.name, d.failure, count(*), min(d.failed_at), max(d.failed_at)
        from dualdb.outbox_deliveries d
        where {Matching}
        group by d.handler, d.name, d.failure
        order by count(*) desc, d.handler, d.name, d.failure
        limit {MostGroups}
        """;

    private const string Record = """
        , recorded as (
            insert into dualdb.outbox_audit (actor, action, delivery_id, event_id, name, handler, reason, payload)
            select $8, $9, c.id, c.event_id, c.name, c.handler, $10, c.payload from changed c
        )
        select count(*)::integer from changed
        """;

    private const string ReplaySql = $"""
        with changed as (
            update dualdb.outbox_deliveries d set state = 'retrying', attempts = 0, next_attempt_at = clock_timestamp()
            where d.state = 'dead' and {Matching} and ($7 = 0 or d.id = $7)
            returning d.id, d.event_id, d.name, d.handler, null::json as payload
        ){Record}
        """;

    private const string EditSql = """
        with before as (
            select d.id, d.payload from dualdb.outbox_deliveries d where d.id = $1 and d.state in ('dead', 'retrying') for update
        ), changed as (
            update dualdb.outbox_deliveries d set payload = $2::json, version = $3 from before b where d.id = b.id
            returning d.id, d.event_id, d.name, d.handler, b.payload
        ), recorded as (
            insert into dualdb.outbox_audit (actor, action, delivery_id, event_id, name, handler, reason, payload)
            select $4, 'edit', c.id, c.event_id, c.name, c.handler, $5, c.payload from changed c
        )
        select count(*)::integer from changed
        """;

    /// <summary>Both steps at once, so that nobody runs what is edited and not replayed, or the other way round.</summary>
    private const string ReplaceSql = """
        with before as (
            select d.id, d.payload from dualdb.outbox_deliveries d where d.id = $1 and d.state = 'dead' for update
        ), changed as (
            update dualdb.outbox_deliveries d set payload = $2::json, version = $3, state = 'retrying', attempts = 0, next_attempt_at = clock_timestamp() from before b where d.id = b.id
            returning d.id, d.event_id, d.name, d.handler, b.payload
        ), recorded as (
            insert into dualdb.outbox_audit (actor, action, delivery_id, event_id, name, handler, reason, payload)
            select $4, step.action, c.id, c.event_id, c.name, c.handler, $5, case step.action when 'edit' then c.payload end from changed c, unnest(array['edit', 'replay']) with ordinality step (action, place) order by step.place
        )
        select count(*)::integer from changed
        """;

    private const string DiscardAllSql = $"""
        with changed as (
            delete from dualdb.outbox_deliveries d where d.state = 'dead' and {Matching} and ($7 = 0 or d.id = $7)
            returning d.id, d.event_id, d.name, d.handler, d.payload
        ){Record}
        """;

    /// <summary>What waits behind it is promoted by the node that leases its key, within seconds.</summary>
    private const string DiscardSql = """
        with changed as (
            delete from dualdb.outbox_deliveries d where d.id = $1 and d.state in ('dead', 'retrying')
            returning d.id, d.event_id, d.name, d.handler, d.payload
        ), recorded as (
            insert into dualdb.outbox_audit (actor, action, delivery_id, event_id, name, handler, reason, payload)
            select $2, 'discard', c.id, c.event_id, c.name, c.handler, $3, c.payload from changed c
        )
        select count(*)::integer from changed
        """;

    /// <summary>The latest first, from a place on that both databases share: what happened at the same moment is told apart by the database, and then by its number.</summary>
    private const string AuditSql = """
        select at, actor, action, delivery_id, event_id, name, handler, reason, payload::text, id from dualdb.outbox_audit
        where $1 is null or at < $1 or at = $1 and ($2 < $3 or $2 = $3 and id < $4)
        order by at desc, id desc limit $5
        """;

    public static NpgsqlBatchCommand Replay(DeadLetterFilter filter, long? id, string actor, string? reason)
        => DatabaseCall.Command(ReplaySql, [.. Filter(filter with { State = null }), DatabaseCall.Parameter(id ?? 0), DatabaseCall.Parameter(actor), DatabaseCall.Parameter("replay"), DatabaseCall.Parameter(reason)]);

    public static NpgsqlBatchCommand Edit(long id, string payload, int version, string actor, string reason)
        => DatabaseCall.Command(EditSql, DatabaseCall.Parameter(id), DatabaseCall.Parameter(payload), DatabaseCall.Parameter(version), DatabaseCall.Parameter(actor), DatabaseCall.Parameter(reason));

    public static NpgsqlBatchCommand Replace(long id, string payload, int version, string actor, string? reason)
        => DatabaseCall.Command(ReplaceSql, DatabaseCall.Parameter(id), DatabaseCall.Parameter(payload), DatabaseCall.Parameter(version), DatabaseCall.Parameter(actor), DatabaseCall.Parameter(reason));

    public static NpgsqlBatchCommand Discard(DeadLetterFilter filter, string actor, string reason)
        => DatabaseCall.Command(DiscardAllSql, [.. Filter(filter with { State = null }), DatabaseCall.Parameter(0), DatabaseCall.Parameter(actor), DatabaseCall.Parameter("discard"), DatabaseCall.Parameter(reason)]);

    public static NpgsqlBatchCommand Discard(long id, string actor, string reason) => DatabaseCall.Command(DiscardSql, DatabaseCall.Parameter(id), DatabaseCall.Parameter(actor), DatabaseCall.Parameter(reason));

    public static async Task<int> CountAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt32(0) : 0;

    public static Task<List<DeadLetter>> ListAsync(PostgresDatabase database, DeadLetterFilter filter, long after, int limit, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database, "Listing dead letters", [DatabaseCall.Command(ListSql, [.. Filter(filter), DatabaseCall.Parameter(after), DatabaseCall.Parameter(limit)])], (reader, token) => AllAsync(reader, row => Letter(row, database.Kind), token), cancellationToken);

    public static Task<List<FailureGroup>> GroupsAsync(PostgresDatabase database, DeadLetterFilter filter, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Grouping dead letters",
            [DatabaseCall.Command(GroupsSql, Filter(filter))],
            (reader, token) => AllAsync(reader, row => new FailureGroup(database.Kind, row.GetString(0), row.GetString(1), Text(row, 2), row.GetInt64(3), Time(row, 4), Time(row, 5)), token),
            cancellationToken);

    public static Task<List<DeadLetterAudit>> AuditAsync(PostgresDatabase database, AuditPlace? before, int limit, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Reading the audit of dead letters",
            [DatabaseCall.Command(
                AuditSql,
                new NpgsqlParameter { Value = (object?)before?.At.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
                DatabaseCall.Parameter((int)database.Kind),
                DatabaseCall.Parameter((int)(before?.Source ?? Database.Neon)),
                DatabaseCall.Parameter(before?.Id ?? 0),
                DatabaseCall.Parameter(limit))],
            (reader, token) => AllAsync(
                reader,
                row => new DeadLetterAudit(database.Kind, row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetGuid(4), row.GetString(5), row.GetString(6), Text(row, 7), Text(row, 8))
                {
                    Id = row.GetInt64(9),
                },
                token),
            cancellationToken);

    private static NpgsqlParameter[] Filter(DeadLetterFilter filter) =>
    [
        DatabaseCall.Parameter(filter.State switch { DeliveryState.Dead => "dead", DeliveryState.Retrying => "retrying", DeliveryState.Waiting => "waiting", _ => null }),
        DatabaseCall.Parameter(filter.Handler),
        DatabaseCall.Parameter(filter.EventName),
        DatabaseCall.Parameter(filter.Key),
        DatabaseCall.Parameter(filter.FailureGroup),
        DatabaseCall.Parameter(filter.ErrorText),
    ];

    private static DeadLetter Letter(NpgsqlDataReader row, Database source)
    {
        var published = new PublishedEvent(
            row.GetGuid(3), row.GetString(4), row.GetInt32(5), Text(row, 6), row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), source, Publishing.HeaderText.Read(Text(row, 9)), Text(row, 10), Text(row, 11));
        var state = row.GetString(1) switch { "dead" => DeliveryState.Dead, "retrying" => DeliveryState.Retrying, _ => DeliveryState.Waiting };
        return new DeadLetter(source, row.GetInt64(0), state, row.GetString(2), published, row.GetInt32(12), Text(row, 13), Text(row, 14), Time(row, 15), Time(row, 16));
    }

    private static async Task<List<T>> AllAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(read(reader));
        }

        return all;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
