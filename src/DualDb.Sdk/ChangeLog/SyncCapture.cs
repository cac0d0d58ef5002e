namespace DualDb.ChangeLog;

/// <summary>
/// What the log keeps of tables that are synchronised with the other database: which change a row had before, and a version that orders changes of both databases.
/// </summary>
internal static class SyncCapture
{
    /// <summary>
    /// <c>sync_tables</c> lists what is synchronised, and on which side of it this database stands; <c>sync_rows</c> has the version of each row of a two-way table, also of those that are gone.
    /// Where a table <c>relays</c>, what was applied to it is logged for the maps that lead on from it, without a version: the side that it came from passes it over.
    /// <c>sync_logins</c> lists the logins whose transactions may call themselves the synchronisation: anybody can set the parameter that does so.
    /// </summary>
    /// <remarks>
    /// A version is a hybrid logical clock: microseconds since 1970, twice, plus the site (0 Neon, 1 Supabase). It only rises for a row, whatever the clocks say, and two sites never give out the same.
    /// <c>epoch</c> names the last word that the primary has said of a row: there, what it has said; on the other side, what it has heard; 0 for none. It is drawn at random: a primary that was restored to
    /// an earlier point would count or calculate one anew that the other side has heard. <c>stamps</c> are the versions of the primary's last words, the latest last, and <c>grounds</c> what was said before each.
    /// </remarks>
    public const string Tables = """
        if to_regclass('dualdb.sync_tables') is null then
            create table dualdb.sync_tables
            (
                id integer generated always as identity primary key,
                table_schema text not null,
                table_name text not null,
                role text not null check (role in ('source', 'primary', 'secondary')),
                site smallint not null check (site in (0, 1)),
                schema_version integer not null default 1,
                unique (table_schema, table_name)
            );
            create table dualdb.sync_rows
            (
                table_id integer not null,
                key text not null,
                epoch bigint not null default 0,
                version bigint not null,
                stamps bigint[] not null default '{}',
                deleted boolean not null default false,
                changed_at timestamptz not null default clock_timestamp(),
                primary key (table_id, key)
            );
            create table dualdb.sync_logins (login name primary key);
        end if;
        if not exists (select from pg_attribute where attrelid = 'dualdb.sync_tables'::regclass and attname = 'relays') then
            alter table dualdb.sync_tables add column relays boolean not null default false;
        end if;
        if not exists (select from pg_attribute where attrelid = 'dualdb.sync_rows'::regclass and attname = 'grounds') then
            alter table dualdb.sync_rows add column grounds bigint[] not null default '{}';
        end if;
        """;

    /// <summary>A name for a word, from 1: also a session that has seeded <c>random()</c> draws another each time.</summary>
    public const string NewWord = "(uuid_hash_extended(gen_random_uuid(), 0) & 9223372036854775806) + 1";

    public const string Signature = "dualdb.log_synced(integer, text, smallint, integer, text[], jsonb, jsonb, jsonb, jsonb, text)";

    /// <summary>
    /// The changes of rows whose versions are kept. A row that gets another key is one that ends and one that begins: the changes of a key have to stand in one line.
    /// </summary>
    public const string Body = $$"""

        declare
            is_moved constant boolean := key_before <> key_after;
            is_last boolean;
            is_gone boolean;
            row_key jsonb;
            row_epoch bigint;
            row_version bigint;
        begin
            for is_last in select unnest(case when is_moved then array[false, true] else array[true] end) loop
                is_gone := after is null or not is_last;
                row_key := case when is_gone then key_before else key_after end;
                row_version := (date_part('epoch', clock_timestamp()) * 1000000)::bigint * 2 + site;
                if role <> 'source' then
                    insert into dualdb.sync_rows as r (table_id, key, epoch, version, stamps, grounds, deleted)
                    values (
                        table_id,
                        case array_length(names, 1)
                            when 3 then (row_key -> names[3])::text
                            else (select jsonb_agg(row_key -> part.name order by part.place)::text from unnest(names[3:]) with ordinality part (name, place))
                        end,
                        case role when 'primary' then {{NewWord}} else 0 end, row_version,
                        case role when 'primary' then array[row_version] else '{}' end, case role when 'primary' then array[0::bigint] else '{}' end, is_gone)
                    on conflict on constraint sync_rows_pkey do update set
                        epoch = case role when 'primary' then excluded.epoch else r.epoch end,
                        version = greatest(excluded.version, (r.version / 2 + 1) * 2 + site),
                        stamps = case role when 'primary' then r.stamps[greatest(1, cardinality(r.stamps) - 6):] || greatest(excluded.version, (r.version / 2 + 1) * 2 + site) else r.stamps end,
                        grounds = case role when 'primary' then r.grounds[greatest(1, cardinality(r.grounds) - 6):] || r.epoch else r.grounds end,
                        deleted = excluded.deleted,
                        changed_at = clock_timestamp()
                    returning r.epoch, r.version into row_epoch, row_version;
                end if;
                insert into dualdb.change_log (table_schema, table_name, operation, key, old, new, origin, base, version, schema_version, trace)
                values (
                    names[1], names[2], case when is_gone then 'D' when before is null or is_moved then 'I' else 'U' end,
                    row_key, case when not is_moved or is_gone then before end, case when not is_gone then after end,
                    origin, row_epoch, row_version, schema_version, nullif(current_setting('dualdb.trace_parent', true), ''));
            end loop;
        end

        """;

    /// <summary>Called by the trigger's function alone, with the rights and settings of that one: settings of its own would cost as much as the rest.</summary>
    public const string Function = """
        create or replace function dualdb.log_synced(
            table_id integer, role text, site smallint, schema_version integer, names text[], key_before jsonb, key_after jsonb, before jsonb, after jsonb, origin text) returns void
        language plpgsql
        as %L
        """;
}
