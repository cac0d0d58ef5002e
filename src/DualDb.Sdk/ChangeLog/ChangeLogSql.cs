using System.Globalization;

namespace DualDb.ChangeLog;

/// <summary>
/// The reading statements. Each is one statement, and so under one snapshot, which it returns together with the changes: its first row tells
/// the state of the log, the others the changes. No session state, so that any pooler will do.
/// </summary>
internal static class ChangeLogSql
{
    // A history ends where transaction ids may be given out again: in another database, after a failover to a server that had not yet received
    // everything (another timeline), in another branch (Neon's own timeline), or with a log that was made anew. On a standby a snapshot
    // does not list the transactions that are still running, so that nothing can be read there: the history is null.
    private const string Head = """
        head as materialized (
            select
                case when not pg_is_in_recovery() then concat_ws(
                    '/', state.id, database.oid, 'dualdb.change_log'::regclass::oid,
                    left(pg_walfile_name(pg_current_wal_lsn()), 8), nullif(current_setting('neon.timeline_id', true), '')) end as history,
                pg_current_snapshot() as snapshot,
                state.purged as purged
            from dualdb.change_log_state state, pg_database database
            where database.datname = current_database()
        )
        """;

    private const string Columns = "change.id, change.transaction, change.recorded_at, change.table_schema, change.table_name, change.operation, change.key, change.new_key, change.old, change.new, change.origin, change.base, change.version, change.schema_version, change.trace";

    private const string NoChange = """
        null::bigint as id, null::text, null::timestamptz, null::text, null::text, null::text, null::text, null::text, null::text, null::text, null::text,
            null::bigint, null::bigint, null::integer, null::text
        """;

    private const string Changes = """
        select null, null, null, null,
            id, transaction::text, recorded_at, table_schema, table_name, operation::text, key::text, new_key::text, old::text, new::text, origin, base, version, schema_version, trace
        from page
        order by id nulls first
        """;

    /// <summary>Where the log is now.</summary>
    public const string Now = $"with {Head} select history, snapshot::text from head";

    /// <summary>
    /// The first page of what became visible since the snapshot <c>$1</c>, at most <c>$2</c> changes. A transaction is not seen by that snapshot
    /// when it began later, or was running then. Asked for in these two ways, both by index: "not below the snapshot's oldest running
    /// transaction" would come upon all changes since then at every reading while one transaction is open for hours.
    /// </summary>
    /// <param name="condition">What else holds for the changes that are asked for; empty for all.</param>
    public static string FirstPage(string condition) => $"""
        with {Head}, page as (
            select * from (
                select {Columns} from dualdb.change_log change where transaction >= pg_snapshot_xmax($1::text::pg_snapshot){condition}
                union all
                select {Columns}
                from pg_snapshot_xip($1::text::pg_snapshot) as running (transaction)
                join dualdb.change_log change on change.transaction = running.transaction{condition}
            ) unseen
            order by id
            limit $2
        )
        select history, snapshot::text, pg_snapshot_xmax(snapshot) < pg_snapshot_xmax($1::text::pg_snapshot), purged >= pg_snapshot_xmin($1::text::pg_snapshot),
            {NoChange}
        from head
        union all
        {Changes}
        """;

    /// <summary>
    /// A further page of what the snapshot <c>$3</c> sees and <c>$1</c> does not, after the change numbered <c>$4</c>: what became visible since is
    /// left to the next reading, or its lower numbers would be passed over.
    /// </summary>
    /// <param name="condition">What else holds for the changes that are asked for; empty for all.</param>
    public static string NextPage(string condition) => $"""
        with {Head}, page as (
            select {Columns} from dualdb.change_log change
            where id > $4
                and (transaction >= pg_snapshot_xmax($1::text::pg_snapshot)
                    or transaction = any (array(select pg_snapshot_xip($1::text::pg_snapshot))))
                and pg_visible_in_snapshot(transaction, $3::text::pg_snapshot){condition}
            order by id
            limit $2
        )
        select history, snapshot::text, pg_snapshot_xmax(snapshot) < pg_snapshot_xmax($3::text::pg_snapshot), purged >= pg_snapshot_xmin($1::text::pg_snapshot),
            {NoChange}
        from head
        union all
        {Changes}
        """;

    /// <summary>The changes of some tables, and of these the part of the keys that a reader follows. What has no key concerns all parts.</summary>
    /// <param name="first">The number of the first of its three parameters: the tables as <c>schema.table</c>, how many parts there are, and which one.</param>
    public static string Part(int first) => string.Create(
        CultureInfo.InvariantCulture,
        $" and change.table_schema || '.' || change.table_name = any (${first}) and (change.key is null or ${first + 1} = 1 or abs(hashtextextended(change.key::text, 0) % ${first + 1}) = ${first + 2})");

    /// <summary>
    /// Removes at most <c>$2</c> changes that are older than <c>$1</c> seconds, and returns how many. What it removes is below every running
    /// transaction, and the highest transaction removed is kept: a reader whose snapshot may not have seen it is told so. Two of these at once
    /// do not wait for each other's rows. Looked for among the lowest numbers, which are the oldest changes: an index over the time would cost every write.
    /// </summary>
    public const string Purge = """
        with gone as (
            delete from dualdb.change_log
            where ctid = any (array(
                select ctid from dualdb.change_log
                where id <= (select max(id) from (select id from dualdb.change_log order by id limit $2) as lowest)
                    and recorded_at < clock_timestamp() - make_interval(secs => $1)
                    and transaction < pg_snapshot_xmin(pg_current_snapshot())
                    and coalesce(transaction < (select held from dualdb.change_log_state), true)
                for update skip locked))
            returning transaction
        ), marked as (
            update dualdb.change_log_state
            set purged = greatest(purged, (select transaction from gone order by transaction desc limit 1))
            where exists (select from gone)
        )
        select count(*) from gone
        """;
}
