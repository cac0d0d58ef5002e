namespace DualDb.Migrations.Model.Writing;

/// <summary>Row-level security of a table in Supabase, whose interface would otherwise show all rows to whoever has a key that is public.</summary>
internal static class SecuritySql
{
    public static string Enable(TableModel table)
    {
        var name = SqlName.Of(table);
        var policy = SqlName.Quote(SqlName.With(table.Name, "_own"));
        return $"""
            alter table {name} enable row level security;
            -- Nobody but the owner of the table, and roles that bypass this, gets at its rows from here on. Say who else may:
            --   create policy {policy} on {name} to authenticated using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
            """;
    }
}
