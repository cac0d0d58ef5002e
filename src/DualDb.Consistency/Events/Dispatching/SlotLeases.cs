using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Keeps this node's share of the slots of one database: renews what it has, takes what is free, and gives back what is more than its share.</summary>
internal sealed class SlotLeases(PostgresDatabase database, EventOptions options, Guid node)
{
    /// <summary>
    /// One round trip and one transaction. Nodes are counted by rows of their own, since one that has nothing yet has a share too. Rows are locked in passing over others' locks, so that nobody
    /// waits. Before it come the deletion of nodes that ended and this node's own row.
    /// </summary>
    private const string Keep = """
        with share as (
            select ceil((select count(*) from dualdb.outbox_slots)::numeric / greatest(1, (select count(*) from dualdb.outbox_nodes where expires_at > clock_timestamp())))::integer as size
        ), mine as (
            select s.slot, row_number() over (order by s.slot) as place from dualdb.outbox_slots s
            where s.owner = $1 and s.expires_at > clock_timestamp()
        ), surplus as (
            update dualdb.outbox_slots s set owner = null, expires_at = '-infinity'
            from mine, share where s.slot = mine.slot and mine.place > share.size and s.slot = any($3)
            returning s.slot
        ), kept as (
            update dualdb.outbox_slots s set expires_at = clock_timestamp() + $2
            from mine, share where s.slot = mine.slot and s.owner = $1 and not (mine.place > share.size and s.slot = any($3))
            returning s.slot, s.token
        ), free as (
            select s.slot from dualdb.outbox_slots s
            where s.expires_at <= clock_timestamp()
            order by s.slot
            limit (select greatest(0, size - (select count(*) from mine)::integer) from share)
            for update skip locked
        ), taken as (
            update dualdb.outbox_slots s set owner = $1, token = s.token + 1, expires_at = clock_timestamp() + $2
            from free where s.slot = free.slot
            returning s.slot, s.token
        )
        select slot, token, (select size from share) from kept union all select slot, token, (select size from share) from taken
        """;

    private const string Node = """
        insert into dualdb.outbox_nodes as n (node, name, expires_at) values ($1, $2, clock_timestamp() + $3)
        on conflict (node) do update set expires_at = excluded.expires_at
        """;

    private const string Ended = "delete from dualdb.outbox_nodes where expires_at < clock_timestamp() - interval '1 minute'";

    private const string Release = "update dualdb.outbox_slots set owner = null, expires_at = '-infinity' where owner = $1";

    private const string Leave = "delete from dualdb.outbox_nodes where node = $1";

    private readonly TimeProvider _clock = database.Clock;
    private Dictionary<short, SlotLease> _held = [];
    private long _keptAt;

    /// <summary>What is held, also where it has expired meanwhile.</summary>
    public IReadOnlyCollection<SlotLease> Held => _held.Values;

    /// <summary>Whether all keys are this node's.</summary>
    public bool HasAll => _held.Count == Schema.EventSchema.Slots;

    /// <summary>When the leases have to be renewed, from now on; zero at first.</summary>
    public TimeSpan DueIn => _keptAt == 0 ? TimeSpan.Zero : (options.Lease / 3) - _clock.GetElapsedTime(_keptAt);

    /// <summary>The lease of a slot; null where it is another's.</summary>
    public SlotLease? Of(short slot) => _held.GetValueOrDefault(slot) is { IsValid: true } lease ? lease : null;

    /// <summary>Renews, takes and gives back.</summary>
    /// <param name="idle">The slots that nothing is under way for: only such are given back to other nodes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The leases that are new.</returns>
    public async Task<IReadOnlyList<SlotLease>> KeepAsync(short[] idle, CancellationToken cancellationToken)
    {
        var asked = _clock.GetTimestamp();
        var found = await AskAsync(idle, cancellationToken).ConfigureAwait(false);
        var fresh = new List<SlotLease>();
        var held = new Dictionary<short, SlotLease>();
        foreach (var (slot, token, _) in found)
        {
            var lease = _held.GetValueOrDefault(slot);
            if (lease is null || lease.Token != token || !lease.RenewFrom(asked, options.Lease))
            {
                lease = new SlotLease(slot, token, _clock);
                lease.RenewFrom(asked, options.Lease);
                fresh.Add(lease);
            }

            held[slot] = lease;
        }

        foreach (var lease in _held.Values.Where(lease => held.GetValueOrDefault(lease.Slot) != lease))
        {
            lease.Lose();
        }

        Part(held, found.Count == 0 ? Schema.EventSchema.Slots : found[0].Share);
        _held = held;
        _keptAt = asked;
        return fresh;
    }

    // The same that the statement gives back, once nothing is under way for them: the last in order.
    private static void Part(Dictionary<short, SlotLease> held, int share)
    {
        foreach (var (lease, place) in held.Values.OrderBy(static lease => lease.Slot).Select(static (lease, place) => (lease, place)))
        {
            lease.IsLeaving = place >= share;
        }
    }

    /// <summary>Gives everything back, so that others need not wait for the expiry.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var lease in _held.Values)
        {
            lease.Lose();
        }

        _held = [];
        _keptAt = 0;
        await DatabaseCall.RunAsync(
            database, "Giving back keys of the outbox", [DatabaseCall.Command(Release, DatabaseCall.Parameter(node)), DatabaseCall.Command(Leave, DatabaseCall.Parameter(node))], cancellationToken).ConfigureAwait(false);
    }

    private Task<List<(short Slot, long Token, int Share)>> AskAsync(short[] idle, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Leasing keys of the outbox",
            [
                DatabaseCall.Command(Ended),
                DatabaseCall.Command(Node, DatabaseCall.Parameter(node), DatabaseCall.Parameter(options.NodeName), DatabaseCall.Parameter(options.Lease)),
                DatabaseCall.Command(Keep, DatabaseCall.Parameter(node), DatabaseCall.Parameter(options.Lease), DatabaseCall.Parameter(idle, NpgsqlDbType.Smallint)),
            ],
            ReadAsync,
            cancellationToken);

    private static async Task<List<(short Slot, long Token, int Share)>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var found = new List<(short, long, int)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add((reader.GetInt16(0), reader.GetInt64(1), reader.GetInt32(2)));
        }

        return found;
    }
}
