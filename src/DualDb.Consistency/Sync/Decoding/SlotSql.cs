namespace DualDb.Consistency.Sync.Decoding;

/// <summary>The statements about publication and slots. They need no session, so that they go through any pooler; only the decoding itself does not.</summary>
internal static class SlotSql
{
    public const string Publication = "dualdb_change_log";

    /// <summary>Slots bear names that are theirs alone on the whole server; the database's number is, too. <c>$1</c>: the part.</summary>
    private const string Name = "(select 'dualdb_sync_' || oid || '_' || $1 from pg_database where datname = current_database())";

    private const string Prefix = "(select 'dualdb_sync_' || oid || '_' from pg_database where datname = current_database())";

    /// <summary>How a slot stands. A column that later servers have is taken from the row as a document.</summary>
    public const string State = $"""
        select n.name, current_setting('wal_level'),
            exists (select from pg_publication_tables p join pg_publication o on o.pubname = p.pubname where p.pubname = '{Publication}' and o.pubinsert and p.schemaname = 'dualdb' and p.tablename = 'change_log'),
            s.plugin::text, s.active_pid, s.wal_status, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint, s.safe_wal_size, to_jsonb(s) ->> 'invalidation_reason',
            current_setting('max_wal_senders')::integer, current_setting('max_replication_slots')::integer - (select count(*) from pg_replication_slots o where not coalesce(starts_with(o.slot_name::text, {Prefix}) and o.database = current_database(), false))::integer
        from (select {Name} as name) n left join pg_replication_slots s on s.slot_name = n.name
        """;

    /// <summary>Inserts alone: what is removed from the log is nobody's news.</summary>
    public const string Publish = $"""
        do $dualdb$
        begin
            if not exists (select from pg_publication where pubname = '{Publication}') then
                create publication {Publication} for table dualdb.change_log with (publish = 'insert');
            elsif not exists (select from pg_publication_tables where pubname = '{Publication}' and schemaname = 'dualdb' and tablename = 'change_log') then
                alter publication {Publication} add table dualdb.change_log;
            end if;
        end
        $dualdb$
        """;

    public const string Create = "select pg_create_logical_replication_slot($1, 'pgoutput') where not exists (select from pg_replication_slots where slot_name = $1)";

    public const string Drop = "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1 and not active";

    /// <summary>All of this database that nobody reads from, and whether any is left.</summary>
    public const string DropAll = $"select slot_name::text, case when active then false else pg_drop_replication_slot(slot_name) is not null end from pg_replication_slots where starts_with(slot_name::text, {Prefix}) and database = current_database()";

    /// <summary>How many bytes all slots of this database hold back; null where there are none.</summary>
    public const string Retained = $"select max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))::bigint from pg_replication_slots where starts_with(slot_name::text, {Prefix}) and database = current_database()";

    public const string Unpublish = $"drop publication if exists {Publication}";

    /// <summary>Ends a reader that is not the holder of the lease.</summary>
    public const string Terminate = "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1 and active_pid = $2";

    public const string IsVisible = "select pg_visible_in_snapshot($1::text::xid8, pg_current_snapshot())";

    /// <summary>Whether a stream has taken its slot: by the name that its connection bears, since a process id that a vendor's proxy announces is not the server's.</summary>
    public const string IsRead = "select exists (select from pg_replication_slots s join pg_stat_activity a on a.pid = s.active_pid where s.slot_name = $1 and a.application_name = $2)";
}
