namespace DualDb.Consistency.Sync.Applying;

/// <summary>The statements of an application that are the same for all tables.</summary>
internal static class ApplySql
{
    /// <summary>
    /// For this transaction alone: a session's settings would stay with a pooler's connection and silence the log for others. The marker keeps what is written here from being told back; the others
    /// give values the text that the trigger gives them.
    /// </summary>
    public const string Begin = """
        select set_config('dualdb.origin', $1, true), set_config('timezone', 'UTC', true), set_config('intervalstyle', 'iso_8601', true),
            set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true),
            set_config('idle_in_transaction_session_timeout', $2, true), set_config('lock_timeout', $2, true)
        """;

    /// <summary>Moves the position, if it is where the changes were read from and nobody else has been given it: whoever comes second changes nothing, nor does a node that maps were recorded behind the back of.</summary>
    public const string Advance = """
        update dualdb.sync_positions set position = $3, last_change_id = coalesce($4, last_change_id), last_recorded_at = coalesce($5, last_recorded_at), stepped_at = clock_timestamp()
        where source = $1 and part = $2 and position = $6 and owner = $7 and stopped is null
        returning 1
        """;

    /// <summary>Moves the position of a map that is behind the others, in the same way: by whoever holds the part.</summary>
    public const string AdvanceHeld = """
        with mine as (select 1 from dualdb.sync_positions where source = $1 and part = $2 and owner = $6 and stopped is null for share)
        update dualdb.sync_held set position = $3 where source = $1 and part = $2 and map = $4 and position = $5 and exists (select from mine)
        returning 1
        """;

    /// <summary>What the target has heard of rows: name <c>e</c> and version <c>v</c> of the word, and whether they are gone (<c>x</c>).</summary>
    public const string Heard = """
        insert into dualdb.sync_rows as s (table_id, key, epoch, version, deleted)
        select t.id, c.k, c.e, c.v, c.x from jsonb_to_recordset($1) as c (k text, e bigint, v bigint, x boolean), dualdb.sync_tables t where t.table_schema = $2 and t.table_name = $3
        on conflict on constraint sync_rows_pkey do update set epoch = excluded.epoch, version = greatest(s.version, excluded.version), deleted = excluded.deleted, changed_at = clock_timestamp()
        """;

    /// <summary>
    /// What the deciding side has taken over (<c>i</c> = 0) or decided (<c>i</c> = 1, which is a word <c>w</c> of its own with the stamp <c>m</c>, after <c>e</c>). Only rows that still stand where they were seen: one that was
    /// inserted meanwhile could not be locked.
    /// </summary>
    public const string Taken = """
        insert into dualdb.sync_rows as s (table_id, key, epoch, version, stamps, grounds, deleted)
        select t.id, c.k, c.w, c.v, case c.i when 1 then array[c.m] else '{}' end, case c.i when 1 then array[c.e] else '{}' end, c.x
        from jsonb_to_recordset($1) as c (k text, e bigint, w bigint, i bigint, v bigint, m bigint, x boolean), dualdb.sync_tables t where t.table_schema = $2 and t.table_name = $3
        on conflict on constraint sync_rows_pkey do update set
            epoch = excluded.epoch,
            version = greatest(s.version, excluded.version),
            stamps = case cardinality(excluded.stamps) when 0 then s.stamps else s.stamps[greatest(1, cardinality(s.stamps) - 6):] || excluded.stamps end,
            grounds = case cardinality(excluded.grounds) when 0 then s.grounds else s.grounds[greatest(1, cardinality(s.grounds) - 6):] || excluded.grounds end,
            deleted = excluded.deleted,
            changed_at = clock_timestamp()
        where s.epoch = coalesce(excluded.grounds[1], excluded.epoch)
        returning key
        """;

    /// <summary>Keeps decisions with both images.</summary>
    public const string Record = """
        insert into dualdb.sync_conflicts (map, key, change_id, policy, winner, source_row, target_old, target_new, result, source_version, target_version)
        select $2, c.k, c.id, $3, c.w, c.s, c.o, c.n, c.r, c.sv, c.tv
        from jsonb_to_recordset($1) as c (k text, id bigint, w text, s json, o json, n json, r json, sv bigint, tv bigint)
        """;

    /// <summary>Puts changes aside.</summary>
    public const string Park = """
        insert into dualdb.sync_parked (source, map, key, change_id, operation, old, new, base, version, recorded_at, error)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>What time it is in the target.</summary>
    public const string Time = "select clock_timestamp()";

    /// <summary>Which keys are parked.</summary>
    public const string Parked = "select distinct map, key from dualdb.sync_parked where source = $1";
}
