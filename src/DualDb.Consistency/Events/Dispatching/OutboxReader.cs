using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Looks for what is due in the slots that this node leases. What it has in hand already is passed over; rows are found by their state, so that one that commits late is found late and not lost.</summary>
internal sealed class OutboxReader(PostgresDatabase database)
{
    private const string Columns = "o.slot, o.event_id, o.name, o.version, o.key, o.payload::text, o.published_at, o.headers::text, o.trace_parent, o.trace_state";

    private const string Pending = $"""
        select o.id, {Columns} from unnest($1) held (slot)
        cross join lateral (
            select p.*, row_number() over (partition by p.key order by p.id) as place from (
                select * from dualdb.outbox p
                where p.handled_at is null and p.due_at is null and p.slot = held.slot and p.id <> all($2) and (p.key is null or p.key <> all($3))
                order by p.id
                limit $4
            ) p
        ) o
        where o.key is null or o.place <= $5
        order by o.id
        limit $4
        """;

    private const string Scheduled = $"""
        select o.id, {Columns} from dualdb.outbox o
        where o.handled_at is null and o.due_at <= clock_timestamp() and o.slot = any($1) and o.id <> all($2)
        order by o.due_at
        limit $3
        """;

    /// <summary>How many events of one key are taken at a look: one with thousands leaves room for others. The first ones of it, so that their order is kept.</summary>
    public const int MostOfKey = 50;

    /// <summary>
    /// Of a key, as far as nothing stands before it that has to wait: what was promoted together does not overtake one of them that has failed meanwhile, also where the node was killed that knew of it.
    /// </summary>
    private const string Due = $"""
        select o.outbox_id, {Columns}, o.id, o.handler, o.attempts from dualdb.outbox_deliveries o
        where o.state = 'retrying' and o.next_attempt_at <= clock_timestamp() and o.slot = any($1) and o.id <> all($2) and o.handler <> all($4)
            and not exists (
                select from dualdb.outbox_deliveries x
                where x.handler = o.handler and x.key = o.key and x.outbox_id < o.outbox_id and (x.state <> 'retrying' or x.next_attempt_at > clock_timestamp()))
        order by o.outbox_id
        limit $3
        """;

    private const string NextDue = """
        select least(
            (select min(o.due_at) from dualdb.outbox o where o.handled_at is null and o.due_at > clock_timestamp()),
            (select min(d.next_attempt_at) from dualdb.outbox_deliveries d where d.state = 'retrying' and d.next_attempt_at > clock_timestamp())) - clock_timestamp(),
            exists (select from dualdb.outbox o where o.handled_at is null and o.due_at is null)
        """;

    private const string Blocked = "select distinct handler, key from dualdb.outbox_deliveries where slot = any($1) and key is not null";

    /// <summary>One look: one round trip.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="inFlight">The numbers of events in hand.</param>
    /// <param name="retried">The ids of deliveries in hand.</param>
    /// <param name="crowded">Keys of which enough is in hand.</param>
    /// <param name="crowdedHandlers">Handlers for which enough is in hand that is tried again.</param>
    /// <param name="room">What may be taken.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<OutboxPage> ReadAsync(short[] slots, long[] inFlight, long[] retried, string[] crowded, string[] crowdedHandlers, OutboxRoom room, CancellationToken cancellationToken)
    {
        // What is due again comes first, and takes a part: behind all that is new it would wait until an outbox is empty.
        var part = room.Retries;
        var held = DatabaseCall.Parameter(slots, NpgsqlDbType.Smallint);
        return DatabaseCall.RunAsync(
            database,
            "Reading the outbox",
            [
                DatabaseCall.Command(Due, held, DatabaseCall.Parameter(retried, NpgsqlDbType.Bigint), DatabaseCall.Parameter(part), DatabaseCall.Parameter(crowdedHandlers, NpgsqlDbType.Text)),
                DatabaseCall.Command(Scheduled, held.Clone(), DatabaseCall.Parameter(inFlight, NpgsqlDbType.Bigint), DatabaseCall.Parameter(part)),
                DatabaseCall.Command(Pending, held.Clone(), DatabaseCall.Parameter(inFlight, NpgsqlDbType.Bigint), DatabaseCall.Parameter(crowded, NpgsqlDbType.Text), DatabaseCall.Parameter(room.Events), DatabaseCall.Parameter(MostOfKey)),
                DatabaseCall.Command(NextDue),
            ],
            (reader, token) => ReadPageAsync(reader, room, token),
            cancellationToken);
    }

    /// <summary>The keys, per handler, that events of theirs have failed on: later ones wait behind those.</summary>
    public Task<List<(string Handler, string Key)>> ReadBlockedAsync(short[] slots, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Reading the deliveries of the outbox",
            [DatabaseCall.Command(Blocked, DatabaseCall.Parameter(slots, NpgsqlDbType.Smallint))],
            static async (reader, token) =>
            {
                var blocked = new List<(string, string)>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    blocked.Add((reader.GetString(0), reader.GetString(1)));
                }

                return blocked;
            },
            cancellationToken);

    private async Task<OutboxPage> ReadPageAsync(NpgsqlDataReader reader, OutboxRoom room, CancellationToken cancellationToken)
    {
        var events = new List<StoredEvent>();
        var deliveries = new List<StoredDelivery>();
        while (room.IsLeft && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var delivery = new StoredDelivery(reader.GetInt64(11), reader.GetString(12), reader.GetInt32(13), Event(reader));
            deliveries.Add(delivery);
            room = room.Less(delivery.Stored);
        }

        for (var statement = 0; statement < 2; statement++)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (room.IsLeft && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var stored = Event(reader);
                events.Add(stored);
                room = room.Less(stored);
            }
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        TimeSpan? nextDue = reader.IsDBNull(0) ? null : reader.GetFieldValue<TimeSpan>(0);
        return new OutboxPage(events, deliveries, nextDue, reader.GetBoolean(1));
    }

    private StoredEvent Event(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt16(1),
        new PublishedEvent(
            reader.GetGuid(2),
            reader.GetString(3),
            reader.GetInt32(4),
            Text(reader, 5),
            reader.GetString(6),
            reader.GetFieldValue<DateTimeOffset>(7),
            database.Kind,
            Publishing.HeaderText.Read(Text(reader, 8)),
            Text(reader, 9),
            Text(reader, 10)));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
