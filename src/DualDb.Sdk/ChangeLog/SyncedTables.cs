namespace DualDb.ChangeLog;

/// <summary>
/// What <c>dualdb.sync_tables</c> says, as a function that returns a constant: PostgreSQL folds it into the trigger's expressions, where a query of the table made up a fifth of what the capture of a row
/// costs. The table stays what counts: each statement that changes it writes the function anew, in the same transaction, and sessions drop what they had folded.
/// </summary>
internal static class SyncedTables
{
    /// <summary>
    /// Both functions belong to whoever creates the log. The one that writes the other runs with its owner's rights: whoever may change the table need not own the function.
    /// </summary>
    public const string Create = """
        if to_regprocedure('dualdb.synced_tables()') is null then
            create function dualdb.write_synced_tables() returns trigger
            language plpgsql security definer set search_path = pg_catalog, pg_temp as $write$
            begin
                execute format(
                    'create or replace function dualdb.synced_tables() returns jsonb language sql immutable parallel safe as %L',
                    format('select %L::pg_catalog.jsonb', coalesce(
                        (select jsonb_object_agg(s.table_schema, s.tables) from
                            (select t.table_schema, jsonb_object_agg(t.table_name, jsonb_build_object('id', t.id, 'role', t.role, 'site', t.site, 'form', t.schema_version, 'relays', t.relays)) as tables
                            from dualdb.sync_tables t group by t.table_schema) s), '{}')));
                return null;
            end
            $write$;
            revoke execute on function dualdb.write_synced_tables() from public;
            create trigger written after insert or update or delete or truncate on dualdb.sync_tables for each statement execute function dualdb.write_synced_tables();
            update dualdb.sync_tables set relays = relays where false;
            if to_regprocedure('dualdb.log_change()') is not null then
                execute (
                    select format('grant execute on function dualdb.synced_tables() to %I', pg_get_userbyid(proowner))
                    from pg_proc where oid = to_regprocedure('dualdb.log_change()'));
            end if;
        end if;
        """;
}
