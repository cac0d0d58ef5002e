namespace DualDb.Consistency.Sagas.Running;

/// <summary>
/// The statements of waiting. Whoever waits looks and then says so; whoever brings an event keeps it and then looks who waits. A lock on the key keeps the two apart, or each could miss
/// the other.
/// </summary>
internal static class WaitSql
{
    /// <summary>Held to the end of the transaction.</summary>
    public const string LockKey = "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1, 6483))";

    /// <summary>Begins to wait, or goes on. Gives how long.</summary>
    public const string Begin = """
        insert into dualdb.saga_waits as w (saga, id, step, event, key, until) values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 second')
        on conflict (saga, id, step) do update set event = excluded.event, key = excluded.key
        returning extract(epoch from until - clock_timestamp())::float8
        """;

    /// <summary>Takes the first event that has come since the saga began and that no other of its steps has taken. No row where there is none.</summary>
    public const string Take = """
        insert into dualdb.saga_waits as w (saga, id, step, event, key, taken)
        select $1, $2, $3, $4, $5, g.number from dualdb.saga_signals g
        where g.event = $4 and g.key = $5 and g.arrived_at >= (select created_at from dualdb.sagas where saga = $1 and id = $2)
            and not exists (select from dualdb.saga_waits o where o.saga = $1 and o.id = $2 and o.step <> $3 and o.taken = g.number)
        order by g.number limit 1
        on conflict (saga, id, step) do update set taken = excluded.taken
        returning (select payload from dualdb.saga_signals where number = w.taken)
        """;

    /// <summary>Keeps an event, once.</summary>
    public const string Keep = "insert into dualdb.saga_signals (event_id, event, key, payload) values ($1, $2, $3, $4) on conflict (event_id) do nothing";

    /// <summary>Tells whoever waits for it. One that is still at work finds out when it puts itself down.</summary>
    public const string Tell = """
        update dualdb.sagas s
        set signalled = true, next_due = case when s.lease_until is null then clock_timestamp() else s.next_due end
        from dualdb.saga_waits w
        where w.event = $1 and w.key = $2 and w.taken is null and s.saga = w.saga and s.id = w.id and s.state in ('running', 'waiting')
        """;
}
