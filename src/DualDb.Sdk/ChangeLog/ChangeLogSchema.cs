namespace DualDb.ChangeLog;

/// <summary>
/// The statements that create the change log of a database: schema <c>dualdb</c>, its tables and the trigger function. Each looks before it
/// creates, so that a role that may create nothing gets by where all is there. Two processes must not run them at once.
/// </summary>
internal static class ChangeLogSchema
{
    /// <summary>Marks the functions, so that a change of anything about them replaces them. Count it up with each change: a node of an earlier version leaves them as they are.</summary>
    private const string Number = "6";

    private const string Version = $"-- version {Number}";

    private const string Later = $"substring(prosrc from '^-- version ([0-9]+)')::integer > {Number}";

    /// <summary>
    /// Rows are numbered while the row that changed is locked, so that the numbers of one key are in the order of its changes. The order of
    /// transactions is another matter: one with a lower id may commit, or write, later. The operation is checked by a domain, which a session compiles once: a check of the table would be read from
    /// its text and compiled anew for each row that is logged.
    /// </summary>
    private const string Tables = """
        if to_regnamespace('dualdb') is null then
            create schema dualdb;
        end if;
        if to_regclass('dualdb.change_log') is null then
            create table dualdb.change_log
            (
                id bigint generated always as identity primary key,
                transaction xid8 not null default pg_current_xact_id(),
                recorded_at timestamptz not null default clock_timestamp(),
                table_schema text not null,
                table_name text not null,
                operation char(1) not null check (operation in ('I', 'U', 'D', 'T')),
                key jsonb,
                new_key jsonb,
                old jsonb,
                new jsonb,
                origin text
            );
            create index change_log_transaction on dualdb.change_log (transaction);
        end if;
        if to_regclass('dualdb.change_log_state') is null then
            create table dualdb.change_log_state
            (
                only_row boolean primary key default true check (only_row),
                id uuid not null default gen_random_uuid(),
                purged xid8 not null default '0'
            );
            insert into dualdb.change_log_state default values;
        end if;
        if not exists (select from pg_attribute where attrelid = 'dualdb.change_log'::regclass and attname = 'version') then
            alter table dualdb.change_log add column base bigint, add column version bigint, add column schema_version integer, add column trace text;
            alter table dualdb.change_log_state add column held xid8;
        end if;
        if to_regclass('dualdb.watched_tables') is null then
            create table dualdb.watched_tables (table_schema text not null, table_name text not null, primary key (table_schema, table_name));
            if to_regprocedure('dualdb.log_change()') is not null then
                -- Another role may have created the log: its function reads the table, and its application writes it.
                execute (
                    select format('grant select, insert, update, delete on dualdb.watched_tables to %I', pg_get_userbyid(proowner))
                    from pg_proc where oid = to_regprocedure('dualdb.log_change()'));
            end if;
        end if;
        if to_regclass('dualdb.change_log_recorded_at') is not null then
            drop index dualdb.change_log_recorded_at;
        end if;
        if to_regtype('dualdb.change_operation') is null then
            create domain dualdb.change_operation as char(1);
            alter table dualdb.change_log drop constraint change_log_operation_check, alter column operation type dualdb.change_operation;
            alter domain dualdb.change_operation add constraint change_operation_check check (value in ('I', 'U', 'D', 'T')) not valid;
        end if;
        """;

    /// <summary>
    /// Arguments: the table's schema and name as the model has them (a partition's trigger would otherwise tell the partition's), then the
    /// columns of its key. An update that leaves every byte as it was is no change. A key of one column, which most are, is spared a query. Inserts come here where a node of an earlier version has
    /// put the table under the log: see <see cref="InsertLogging"/>.
    /// What the synchronisation applies is not told back; what a user's trigger writes to another table at that occasion is news. Where a cache watches the table, it is logged without the version of
    /// its form: the cache needs no more, and the synchronisation passes it over.
    /// </summary>
    private const string Body = """

        declare
            synced constant jsonb := dualdb.synced_tables() -> tg_argv[0] -> tg_argv[1];
            origin constant text := nullif(current_setting('dualdb.origin', true), '');
            form integer := (synced -> 'form')::integer;
            version bigint;
            before jsonb;
            after jsonb;
            key_before jsonb;
            key_after jsonb;
        begin
            if tg_op = 'INSERT' then
                perform dualdb.log_insert(tg_argv[:], new);
                return null;
            end if;
            if tg_op = 'UPDATE' then
                if old operator(pg_catalog.*=) new then
                    return null;
                end if;
                after := to_jsonb(new);
                if tg_nargs = 3 then
                    key_after := jsonb_build_object(tg_argv[2], after -> tg_argv[2]);
                else
                    key_after := (select jsonb_object_agg(part, after -> part) from unnest(tg_argv[2:]) part);
                end if;
            end if;
            if tg_op <> 'TRUNCATE' then
                before := to_jsonb(old);
                if tg_nargs = 3 then
                    key_before := jsonb_build_object(tg_argv[2], before -> tg_argv[2]);
                else
                    key_before := (select jsonb_object_agg(part, before -> part) from unnest(tg_argv[2:]) part);
                end if;
                if synced is not null then
                    if origin like 'sync:%' and (synced ->> 'role' <> 'source' or pg_trigger_depth() = 1) and exists (select from dualdb.sync_logins l where l.login = session_user) then
                        if not (synced -> 'relays')::boolean then
                            if not exists (select from dualdb.watched_tables w where w.table_schema = tg_argv[0] and w.table_name = tg_argv[1]) then
                                return null;
                            end if;
                            form := null;
                        end if;
                    elsif synced ->> 'role' <> 'source' or key_before <> key_after then
                        perform dualdb.log_synced((synced -> 'id')::integer, synced ->> 'role', (synced -> 'site')::smallint, form, tg_argv[:], key_before, key_after, before, after, origin);
                        return null;
                    else
                        version := (date_part('epoch', clock_timestamp()) * 1000000)::bigint * 2 + (synced -> 'site')::integer;
                    end if;
                end if;
            end if;
            insert into dualdb.change_log (table_schema, table_name, operation, key, new_key, old, new, origin, version, schema_version, trace)
            values (
                tg_argv[0], tg_argv[1], left(tg_op, 1),
                key_before, case when key_before <> key_after then key_after end, before, after,
                origin, version, form, nullif(current_setting('dualdb.trace_parent', true), ''));
            return null;
        end

        """;

    /// <summary>
    /// With its owner's rights, so that a role that may write a row needs none on the log; its own search path, without which those rights could
    /// be borrowed; and settings under which a value has one text, whatever the writer's session says.
    /// </summary>
    public const string Settings = """
        set search_path = pg_catalog, pg_temp
        set timezone = 'UTC'
        set datestyle = 'ISO, YMD'
        set intervalstyle = 'iso_8601'
        set bytea_output = 'hex'
        set extra_float_digits = '1'
        """;

    private const string Function = $"""
        create or replace function dualdb.log_change() returns trigger
        language plpgsql security definer
        {Settings}
        as %L
        """;

    /// <summary>
    /// Locks a log of an earlier version, to alter it. Writers hold its tables in an order of their own, by the order of their writes: all are locked or none is, and nobody waits for one that is kept
    /// for another. That is over within less than the second after which PostgreSQL looks for deadlocks, and would end a writer.
    /// </summary>
    private const string Lock = """
        if to_regclass('dualdb.change_log') is not null and (to_regtype('dualdb.change_operation') is null or to_regclass('dualdb.change_log_recorded_at') is not null) then
            for attempt in 1..40 loop
                begin
                    perform set_config('lock_timeout', '500ms', true);
                    if to_regclass('dualdb.sync_tables') is not null then
                        lock table dualdb.sync_tables, dualdb.sync_rows in access exclusive mode;
                    end if;
                    lock table dualdb.change_log, dualdb.change_log_state in access exclusive mode;
                    is_locked := true;
                    exit;
                exception when lock_not_available or deadlock_detected then
                    perform pg_sleep(0.05);
                end;
            end loop;
            if not is_locked then
                raise exception using errcode = 'lock_not_available',
                    message = 'The change log of an earlier version cannot be altered: a transaction has been writing for too long. End it, see pg_stat_activity, and install again.';
            end if;
            perform set_config('lock_timeout', patience, true);
        end if;
        """;

    /// <summary>Whoever brings the log of another role to this version gives the new functions to that role, whose trigger function calls them.</summary>
    private const string Owner = $"""
        owner := (select pg_get_userbyid(proowner) from pg_proc where oid = to_regprocedure('dualdb.log_change()'));
        foreach called in array array['{SyncCapture.Signature}', '{InsertLogging.GeneralSignature}', '{InsertLogging.SettingsSignature}', '{InsertLogging.WriterSignature}'] loop
            if exists (select from pg_proc where oid = to_regprocedure(called) and pg_get_userbyid(proowner) <> owner) then
                execute format('alter function %s owner to %I', called, owner);
                execute format('grant usage, create on schema dualdb to %I', owner);
                execute format('grant select, insert, update on dualdb.change_log, dualdb.sync_rows to %I', owner);
                execute format('grant select on dualdb.sync_tables, dualdb.sync_logins to %I', owner);
            end if;
        end loop;
        """;

    /// <summary>Creates what is missing of the log itself.</summary>
    public static string Create { get; } = $"""
        do $dualdb$
        declare
            patience constant text := current_setting('lock_timeout');
            is_locked boolean := false;
            is_written boolean := true;
            body text;
            owner name;
            called text;
        begin
            {Lock}
            {Tables}
            {SyncCapture.Tables}
            {SyncedTables.Create}
            {InsertLogging.Tables}
            {Replace(SyncCapture.Signature, SyncCapture.Function, SyncCapture.Body)}
            {Replace(InsertLogging.GeneralSignature, InsertLogging.GeneralFunction, InsertLogging.GeneralBody)}
            {Replace("dualdb.log_change()", Function, Body)}
            {Replace(InsertLogging.SettingsSignature, InsertLogging.SettingsFunction, InsertLogging.SettingsBody)}
            {Replace(InsertLogging.WriterSignature, InsertLogging.WriterFunction, InsertLogging.WriterBody, "is_written := false;")}
            {Replace(TableLogging.Signature, TableLogging.Function, TableLogging.Body, $"grant execute on function {TableLogging.Signature} to public;")}
            {InsertLogging.Following}
            {Owner}
            if not is_written then
                perform {InsertLogging.WriterCall};
            end if;
        end
        $dualdb$;
        """;

    /// <summary>Creates a function, or replaces the one of an earlier version.</summary>
    private static string Replace(string signature, string function, string body, string then = "") => $"""
        body := $body${Version}{body}$body$;
        if not exists (select from pg_proc where oid = to_regprocedure('{signature}') and (prosrc = body or {Later})) then
            execute format($function${function}$function$, body);
            revoke execute on function {signature} from public;
            {then}
        end if;
        """;
}
