namespace DualDb.ChangeLog;

/// <summary>
/// How a table comes under the log: by a function, so that a migration can say it in one line, in the transaction that alters the table.
/// </summary>
internal static class TableLogging
{
    /// <summary>
    /// Each trigger that is as it should be stays, and no lock is taken. The function of the table's inserts is written anew where its columns have changed since; whoever may not write it gets by with what is there.
    /// The one trigger of earlier versions logged inserts as well: it is replaced in the same transaction.
    /// </summary>
    public const string Body = $"""

        declare
            quoted constant text := format('%I.%I', table_schema, table_name);
            relation constant regclass := quoted::regclass;
            logged integer;
            is_new boolean;
            wanted record;
        begin
            if coalesce(cardinality(keys), 0) = 0 then
                raise exception using errcode = 'invalid_parameter_value', message = format('The table %s cannot be logged without a key.', quoted);
            end if;
            select l.id into logged from dualdb.logged_tables l where (l.table_schema, l.table_name, l.keys) = (log_table.table_schema, log_table.table_name, log_table.keys);
            if logged is null then
                insert into dualdb.logged_tables as l (table_schema, table_name, keys) values (log_table.table_schema, log_table.table_name, log_table.keys)
                on conflict on constraint logged_tables_table_schema_table_name_key do update set keys = excluded.keys
                returning l.id, l.xmax = '0' into logged, is_new;
                while is_new and to_regprocedure(format('dualdb.log_insert_%s()', logged)) is not null loop
                    -- A database that was copied without its rows has functions of such numbers: they are those of other tables.
                    update dualdb.logged_tables l set id = default where l.id = logged returning l.id into logged;
                end loop;
            end if;
            if has_function_privilege('{InsertLogging.WriterSignature}', 'execute') then
                perform dualdb.write_insert_logs(logged);
            end if;
            for wanted in
                select *, to_regprocedure(format('dualdb.%I()', called)) as function, 'create or replace trigger ' || name || ' after ' || events || ' on ' || quoted || ' for each ' || per
                        || format(' execute function dualdb.%I(', called) || coalesce((select string_agg(quote_literal(a), ', ' order by n) from unnest(arguments) with ordinality as u (a, n)), '') || ')' as creation,
                    coalesce((select string_agg(convert_to(a, getdatabaseencoding()) || '\x00', '' order by n) from unnest(arguments) with ordinality as u (a, n)), '') as stored
                from (values
                    ('{ChangeLogTriggers.Rows}', 'update or delete', 'row', 'log_change', array[table_schema, table_name] || keys, 4),
                    ('{ChangeLogTriggers.Inserts}', 'insert', 'row', 'log_insert_' || logged, array[]::text[], 0),
                    ('{ChangeLogTriggers.Truncation}', 'truncate', 'statement', 'log_change', array[table_schema, table_name], 0)) as w (name, events, per, called, arguments, without)
            loop
                if not exists (
                    select from pg_trigger t
                    where t.tgrelid = relation and t.tgname = wanted.name and t.tgenabled <> 'D' and t.tgfoid = wanted.function and t.tgargs = wanted.stored and t.tgtype & wanted.without = 0)
                then
                    execute wanted.creation;
                    execute format('alter table %s enable trigger %I', quoted, wanted.name);
                end if;
            end loop;
        end

        """;

    /// <summary>With the rights of whoever calls it: he has to own the table.</summary>
    public const string Function = """
        create or replace function dualdb.log_table(table_schema text, table_name text, keys text[]) returns void
        language plpgsql set search_path = pg_catalog, pg_temp
        as %L
        """;

    public const string Signature = "dualdb.log_table(text, text, text[])";
}
