namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// The triggers that capture the changes of a table for the synchronisation and the caches. A function of the change log makes them; where that is not there yet, the synchronisation makes them with it.
/// </summary>
internal static class CaptureSql
{
    private const string IsInstalled = "to_regprocedure('dualdb.log_table(text, text, text[])') is not null";

    /// <summary>Captures the changes of a table that is synchronised.</summary>
    public static string Create(TableModel table) => Write(table, "-- The synchronisation captures changes; where it is not installed yet, it sees to that itself.", IsInstalled);

    /// <summary>Makes the triggers anew where there are some: they are told names of the table and of its key.</summary>
    public static string Refresh(TableModel table) => Write(
        table,
        "-- The triggers that capture changes are told the names of the table and of its key.",
        $"{IsInstalled} and exists (select from pg_trigger where tgrelid = {SqlName.Literal(SqlName.Of(table))}::regclass and tgname = 'dualdb_change_log')");

    private static string Write(TableModel table, string comment, string condition) => $"""
        {comment}
        do $dualdb$
        begin
            if {condition} then
                perform dualdb.log_table({SqlName.Literal(table.Schema)}, {SqlName.Literal(table.Name)}, array[{string.Join(", ", table.PrimaryKey.Select(SqlName.Literal))}]);
            end if;
        end
        $dualdb$;
        """;
}
