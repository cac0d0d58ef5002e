namespace DualDb.Migrations.Drift.Catalogue;

/// <summary>
/// The questions to <c>pg_catalog</c>. Where a type or an expression is asked for, PostgreSQL writes it: two that are the same get the same text. <c>$1</c> and <c>$2</c> are the schemas and names of tables.
/// </summary>
internal static class CatalogueSql
{
    private const string Wanted = """
        from unnest($1, $2) as w (schema_name, table_name)
        join pg_namespace n on n.nspname = w.schema_name
        join pg_class c on c.relnamespace = n.oid and c.relname = w.table_name and c.relkind in ('r', 'p')
        """;

    // Names are looked up in the catalogue: to_regclass would ask for a right on the schema.
    public const string Server = """
        select
            current_user::text,
            current_setting('transaction_read_only') = 'off' and not pg_is_in_recovery() and has_database_privilege(current_database(), 'temporary'),
            exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'dualdb' and c.relname = 'change_log')
        """;

    public const string Tables = $"""
        select
            n.nspname::text, c.relname::text, obj_description(c.oid, 'pg_class'), c.relrowsecurity,
            (select count(*)::integer from pg_policy p where p.polrelid = c.oid),
            array(
                select r.name from unnest(array['select', 'insert', 'update', 'delete']) as r (name)
                where not has_table_privilege(c.oid, r.name) and (r.name = 'select' or current_setting('transaction_read_only') = 'off'))
                || case when has_schema_privilege(n.oid, 'usage') then '{"{}"}'::text[] else array['usage of the schema'] end,
            array(
                select distinct case when g.grantee = 0 then 'public' else g.grantee::regrole::text end collate "C"
                from aclexplode(c.relacl) g
                left join pg_roles r on r.oid = g.grantee
                where g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') and (g.grantee <> c.relowner or c.relforcerowsecurity) and not coalesce(r.rolsuper or r.rolbypassrls, false)
                order by 1),
            row_security_active(c.oid)
        {Wanted}
        """;

    public const string Columns = $"""
        select
            n.nspname::text, c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), not a.attnotnull, a.attidentity <> '',
            case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) else 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored' end,
            col_description(c.oid, a.attnum), a.attidentity = 'a'
        {Wanted}
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        order by c.oid, a.attnum
        """;

    public const string Constraints = $"""
        select
            n.nspname::text, c.relname::text, k.conname::text, k.contype::text,
            array(select a.attname::text from unnest(k.conkey) with ordinality as p (number, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.number order by p.place),
            pg_get_expr(k.conbin, k.conrelid), k.convalidated,
            fn.nspname::text, f.relname::text,
            array(select a.attname::text from unnest(k.confkey) with ordinality as p (number, place) join pg_attribute a on a.attrelid = f.oid and a.attnum = p.number order by p.place),
            case when k.contype = 'f' and (k.confdeltype <> 'a' or k.confupdtype <> 'a' or k.condeferrable) then pg_get_constraintdef(k.oid) end
        {Wanted}
        join pg_constraint k on k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'f')
        left join pg_class f on f.oid = k.confrelid
        left join pg_namespace fn on fn.oid = f.relnamespace
        order by c.oid, k.conname
        """;

    public const string Indexes = $"""
        select
            n.nspname::text, c.relname::text, i.relname::text, m.amname::text, x.indisunique, x.indisvalid and x.indisready,
            array(
                select
                    coalesce(a.attname::text, pg_get_indexdef(x.indexrelid, p.number, true))
                    || case when x.indoption[p.number - 1] & 1 = 1 then ' desc' else '' end
                    || case when o.opcdefault then '' else ' ' || o.opcname end
                from generate_series(1, x.indnkeyatts::integer) as p (number)
                join pg_opclass o on o.oid = x.indclass[p.number - 1]
                left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[p.number - 1] and a.attnum > 0
                order by p.number),
            pg_get_expr(x.indpred, x.indrelid)
        {Wanted}
        join pg_index x on x.indrelid = c.oid
        join pg_class i on i.oid = x.indexrelid
        join pg_am m on m.oid = i.relam
        where not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
        order by c.oid, i.relname
        """;

    public const string Triggers = $"""
        select n.nspname::text, c.relname::text, t.tgname::text, t.tgenabled in ('O', 'A')
        {Wanted}
        join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
        order by c.oid, t.tgname
        """;

    /// <summary><c>$1</c> and <c>$2</c> are the schemas and names of enum types.</summary>
    public const string Enums = """
        select n.nspname::text, t.typname::text, array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder)
        from unnest($1, $2) as w (schema_name, type_name)
        join pg_namespace n on n.nspname = w.schema_name
        join pg_type t on t.typnamespace = n.oid and t.typname = w.type_name and t.typtype = 'e'
        """;

    /// <summary>Tables of the schemas that are not asked for, without those of extensions.</summary>
    public const string Others = """
        select n.nspname || '.' || c.relname
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
            and not exists (select from unnest($1, $2) as w (schema_name, table_name) where w.schema_name = n.nspname and w.table_name = c.relname)
            and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
        order by 1
        """;
}
