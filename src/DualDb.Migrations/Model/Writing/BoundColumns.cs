namespace DualDb.Migrations.Model.Writing;

/// <summary>What is bound to a column, whatever that is called: it would stay with the one that gives its name to another, and go on looking at values that nobody writes any more.</summary>
internal static class BoundColumns
{
    /// <summary>Stops the file where the catalogue has something of the kind. What the model knows is built for the new column; policies, views, triggers, functions and publications it does not know.</summary>
    public static string Refuse(TableModel table, IReadOnlyList<string> columns) => $"""
        -- Policies, views, triggers and the like know a column by its number, and would stay with the one that is replaced.
        do $dualdb$
        declare
            bound text;
        begin
            select string_agg(distinct pg_describe_object(d.classid, d.objid, 0), ', ') into bound
            from pg_depend d
            join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
            where d.refclassid = 'pg_class'::regclass and d.refobjid = {SqlName.Literal(SqlName.Of(table))}::regclass and a.attname in ({string.Join(", ", columns.Select(SqlName.Literal))})
                and d.classid in ('pg_policy'::regclass, 'pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_proc'::regclass, 'pg_publication_rel'::regclass);
            if bound is not null then
                raise exception using errcode = '2BP01', message = {SqlName.Literal($"Columns of {table.FullName} are replaced ({string.Join(", ", columns)}), and these would stay with the old ones: ")} || bound
                    || '. Write into this file, in front of this block, how each is dropped, and at its end, how it is created again.';
            end if;
        end
        $dualdb$;
        """.Replace("\r", "", StringComparison.Ordinal);
}
