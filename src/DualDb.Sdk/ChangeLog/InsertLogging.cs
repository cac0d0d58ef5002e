namespace DualDb.ChangeLog;

/// <summary>
/// How inserts are logged: by a function for each table, with all that is known of it written in as constants. An insert is what is captured most often and has the least to be decided; the general function
/// took almost twice as long over it, most of that for the six settings it sets and for looking up names.
/// </summary>
internal static class InsertLogging
{
    /// <summary>The table that the functions are written from: one row for each table that was ever logged. Its number names the function.</summary>
    public const string Tables = """
        if to_regclass('dualdb.logged_tables') is null then
            create table dualdb.logged_tables
            (
                id integer generated always as identity primary key,
                table_schema text not null,
                table_name text not null,
                keys text[] not null,
                unique (table_schema, table_name)
            );
            -- Whoever finds all as it should be needs no right but to see that.
            grant select on dualdb.logged_tables to public;
        end if;
        """;

    /// <summary>
    /// What an insert leads to where its table's function leaves it to others: changes of the synchronisation, two-way tables, and rows whose text depends on settings that the session has changed.
    /// Arguments: the table's schema and name as the model has them, then the columns of its key; and the row.
    /// </summary>
    public const string GeneralBody = """

        declare
            after constant jsonb := to_jsonb(inserted);
            synced constant jsonb := dualdb.synced_tables() -> names[1] -> names[2];
            origin constant text := nullif(current_setting('dualdb.origin', true), '');
            form integer := (synced -> 'form')::integer;
            version bigint;
            row_key constant jsonb := case when array_length(names, 1) = 3 then jsonb_build_object(names[3], after -> names[3])
                else (select jsonb_object_agg(part, after -> part) from unnest(names[3:]) part) end;
        begin
            if synced is not null then
                if origin like 'sync:%' and (synced ->> 'role' <> 'source' or pg_trigger_depth() = 1) and exists (select from dualdb.sync_logins l where l.login = session_user) then
                    if not (synced -> 'relays')::boolean then
                        if not exists (select from dualdb.watched_tables w where w.table_schema = names[1] and w.table_name = names[2]) then
                            return;
                        end if;
                        form := null;
                    end if;
                elsif synced ->> 'role' <> 'source' then
                    perform dualdb.log_synced((synced -> 'id')::integer, synced ->> 'role', (synced -> 'site')::smallint, form, names, null, row_key, null, after, origin);
                    return;
                else
                    version := (date_part('epoch', clock_timestamp()) * 1000000)::bigint * 2 + (synced -> 'site')::integer;
                end if;
            end if;
            insert into dualdb.change_log (table_schema, table_name, operation, key, new, origin, version, schema_version, trace)
            values (names[1], names[2], 'I', row_key, after, origin, version, form, nullif(current_setting('dualdb.trace_parent', true), ''));
        end

        """;

    /// <summary>The settings of <c>dualdb.log_change()</c>, for the same reasons.</summary>
    public const string GeneralFunction = $"""
        create or replace function dualdb.log_insert(names text[], inserted anyelement) returns void
        language plpgsql security definer
        {ChangeLogSchema.Settings}
        as %L
        """;

    public const string GeneralSignature = "dualdb.log_insert(text[], anyelement)";

    /// <summary>
    /// Writes the functions of all tables, or of one, where they are not as they should be. One function says:
    /// <list type="bullet">
    /// <item>of a table that the synchronisation neither reads in both directions nor writes to for others to read: one insert;</item>
    /// <item>of one with columns whose text depends on settings: the same where these are as the log needs them;</item>
    /// <item>of one that is synchronised: the same where it is not the synchronisation that writes;</item>
    /// <item>of any other: let the general function do it.</item>
    /// </list>
    /// What is written runs with its owner's rights and no search path of its own, since any setting costs as much as a column of the log. So each name in it says its schema: operators, types and
    /// functions as well. And no <c>nullif</c>, which looks for its operator by the search path. A key is taken from the row's text and not from the row: a session keeps what it has planned for the
    /// types of the row's columns, and would fail with each insert once somebody has altered or renamed one of the key.
    /// </summary>
    public const string WriterBody = """

        declare
            logged record;
            name text;
            insertion text;
            conditions text;
            body text;
        begin
            for logged in
                select l.id, l.table_schema, l.table_name, l.keys, s.id is not null as is_synced, s.site, s.schema_version, f.conditions as settings,
                    coalesce(s.role = 'source' and not s.relays, true) and f.is_told as is_plain
                from dualdb.logged_tables l
                left join dualdb.sync_tables s using (table_schema, table_name)
                -- By the catalog: whoever owns the log need not be allowed to use the schema.
                cross join lateral dualdb.settings_of((select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = l.table_schema and c.relname = l.table_name)) f
                where only_one is null or l.id = only_one
                order by l.id
            loop
                name := 'log_insert_' || logged.id;
                body := format('perform dualdb.log_insert(array[%L, %L, %s], new);', logged.table_schema, logged.table_name, (select string_agg(quote_literal(k), ', ') from unnest(logged.keys) k));
                if logged.is_plain then
                    insertion := format(
                        E'after := pg_catalog.to_jsonb(new);\n'
                        '    insert into dualdb.change_log (table_schema, table_name, operation, key, new, origin, trace%s)\n'
                        '    values (%L, %L, ''I'', pg_catalog.jsonb_build_object(%s), after, %s, %s%s);',
                        case when logged.is_synced then ', version, schema_version' end,
                        logged.table_schema, logged.table_name,
                        (select string_agg(format('%1$L, after operator(pg_catalog.->) %1$L', k), ', ') from unnest(logged.keys) k),
                        format('case when %1$s operator(pg_catalog.<>) '''' then %1$s end', 'pg_catalog.current_setting(''dualdb.origin'', true)'),
                        format('case when %1$s operator(pg_catalog.<>) '''' then %1$s end', 'pg_catalog.current_setting(''dualdb.trace_parent'', true)'),
                        case when logged.is_synced then format(
                            ', (pg_catalog.date_part(''epoch'', pg_catalog.clock_timestamp()) operator(pg_catalog.*) 1000000)::bigint operator(pg_catalog.*) 2%s, %s',
                            case when logged.site <> 0 then ' operator(pg_catalog.+) ' || logged.site end, logged.schema_version) end);
                    -- Another map may lead back to where what the synchronisation writes came from.
                    conditions := concat_ws(' and ', case when logged.is_synced then '(pg_catalog.current_setting(''dualdb.origin'', true) operator(pg_catalog.!~~) ''sync:%'') is not false' end, logged.settings);
                    body := case conditions when '' then insertion else format(E'if %s then\n    %s\nelse\n    %s\nend if;', conditions, insertion, body) end;
                end if;
                body := format(E'\n-- The inserts of %s. Written by dualdb.write_insert_logs().\ndeclare\nafter pg_catalog.jsonb;\nbegin\n%s\nreturn null;\nend\n', regexp_replace(logged.table_schema || '.' || logged.table_name, '[[:space:]]+', ' ', 'g'), body);
                if not exists (select from pg_proc where proname = name and pronamespace = 'dualdb'::regnamespace and prosrc = body) then
                    execute format('create or replace function dualdb.%I() returns trigger language plpgsql security definer as %L', name, body);
                    execute format('revoke execute on function dualdb.%I() from public', name);
                end if;
            end loop;
        end

        """;

    public const string WriterFunction = """
        create or replace function dualdb.write_insert_logs(only_one integer default null) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp
        as %L
        """;

    public const string WriterCall = "dualdb.write_insert_logs()";

    public const string WriterSignature = "dualdb.write_insert_logs(integer)";

    /// <summary>What is written anew when the synchronisation of a table changes, in the same transaction.</summary>
    public const string Following = $"""
        if not exists (select from pg_trigger where tgrelid = 'dualdb.sync_tables'::regclass and tgname = 'written_insert_logs') then
            create or replace function dualdb.follow_synced_tables() returns trigger
            language plpgsql security definer set search_path = pg_catalog, pg_temp as $follow$
            begin
                perform {WriterCall};
                return null;
            end
            $follow$;
            revoke execute on function dualdb.follow_synced_tables() from public;
            create trigger written_insert_logs after insert or update or delete or truncate on dualdb.sync_tables for each statement execute function dualdb.follow_synced_tables();
        end if;
        """;

    /// <summary>
    /// Under which conditions the text of a table's rows is what the log needs: null for always. Not told where a column's type may have a text that depends on more: an interval, a range, a
    /// type of the user's. A domain counts as what it is of, an array as its elements.
    /// </summary>
    public const string SettingsBody = """

        with recursive types (oid) as (
            select atttypid from pg_attribute where attrelid = relation and attnum > 0 and not attisdropped
            union
            select case when t.typtype = 'd' then t.typbasetype else t.typelem end
            from types join pg_type t on t.oid = types.oid
            where t.typtype = 'd' or t.typcategory = 'A' and t.typelem <> 0
        )
        select
            coalesce(bool_and(
                t.typtype = 'd' or t.typcategory = 'A' and t.typelem <> 0 or t.typtype = 'e' or t.typcategory = 'S'
                or t.oid = any ('{boolean,int2,int4,int8,numeric,uuid,json,jsonb,date,time,timestamp,timestamptz,float4,float8,bytea}'::regtype[])), false),
            string_agg(distinct case
                when t.oid = 'timestamptz'::regtype then 'pg_catalog.current_setting(''TimeZone'') operator(pg_catalog.=) any (array[''UTC'', ''Etc/UTC'', ''GMT''])'
                when t.oid = any ('{float4,float8}'::regtype[]) then 'pg_catalog.current_setting(''extra_float_digits'') operator(pg_catalog.=) any (array[''1'', ''2'', ''3''])'
                when t.oid = 'bytea'::regtype then 'pg_catalog.current_setting(''bytea_output'') operator(pg_catalog.=) ''hex'''
            end, ' and ')
        from types join pg_type t on t.oid = types.oid

        """;

    public const string SettingsFunction = """
        create or replace function dualdb.settings_of(relation regclass, out is_told boolean, out conditions text)
        language sql stable set search_path = pg_catalog, pg_temp
        as %L
        """;

    public const string SettingsSignature = "dualdb.settings_of(regclass)";
}
