namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// The triggers that capture the changes of a table for the synchronisation and the caches. Their function is installed by these; where it is not there yet, they create the triggers with it.
/// </summary>
internal static class CaptureSql
{
    /// <summary>Creates the triggers of a table that is synchronised.</summary>
    public static string Create(TableModel table) => Write(table, "-- The synchronisation captures changes; where it is not installed yet, it creates these itself.", "if to_regprocedure('dualdb.log_change()') is not null then");

    /// <summary>Makes the triggers anew where there are some: they are told names of the table and of its key.</summary>
    public static string Refresh(TableModel table) => Write(
        table,
        "-- The triggers that capture changes are told the names of the table and of its key.",
        $"if exists (select from pg_trigger where tgrelid = {SqlName.Literal(SqlName.Of(table))}::regclass and tgname = 'dualdb_change_log') then");

    private static string Write(TableModel table, string comment, string condition)
    {
        var name = SqlName.Of(table);
        var place = $"{SqlName.Literal(table.Schema)}, {SqlName.Literal(table.Name)}";
        var key = string.Concat(table.PrimaryKey.Select(static column => ", " + SqlName.Literal(column)));
        return $"""
            {comment}
            do $dualdb$
            begin
                {condition}
                    create or replace trigger dualdb_change_log after insert or update or delete on {name}
                        for each row execute function dualdb.log_change({place}{key});
                    create or replace trigger dualdb_change_log_truncate after truncate on {name}
                        for each statement execute function dualdb.log_change({place});
                end if;
            end
            $dualdb$;
            """;
    }
}
