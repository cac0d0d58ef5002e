namespace DualDb.ChangeLog;

/// <summary>The statements that put a table under the change log, and take it out again.</summary>
internal static class ChangeLogTriggers
{
    // Triggers are named per table, so that the names need not tell tables apart and no length is to be kept.
    public const string Rows = "dualdb_change_log";
    public const string Inserts = "dualdb_change_log_insert";
    public const string Truncation = "dualdb_change_log_truncate";

    /// <summary>
    /// Logs the changes of a table from now on. Nothing is done, and no lock taken, where the triggers are as they should be; otherwise writers
    /// of the table wait until they are replaced. Needs <see cref="ChangeLogSchema.Create"/>, and the table.
    /// </summary>
    /// <param name="schema">The table's schema, as PostgreSQL stores it.</param>
    /// <param name="table">The table.</param>
    /// <param name="keyColumns">The columns of its key, in order; at least one.</param>
    public static string Create(string schema, string table, IReadOnlyList<string> keyColumns)
    {
        ArgumentNullException.ThrowIfNull(keyColumns);
        if (keyColumns.Count == 0)
        {
            throw new ArgumentException($"The table {schema}.{table} cannot be logged without a key.", nameof(keyColumns));
        }

        return $"select dualdb.log_table({Literal(schema)}, {Literal(table)}, array[{string.Join(", ", keyColumns.Select(Literal))}])";
    }

    /// <summary>Says that a cache watches a table: what the synchronisation applies to it is logged as well, for the cache alone. Where that is said, no right is needed but to read.</summary>
    /// <param name="schema">The table's schema.</param>
    /// <param name="table">The table.</param>
    public static string Watch(string schema, string table)
    {
        var (first, second) = (Literal(schema), Literal(table));
        return Block($"""
            if not exists (select from dualdb.watched_tables w where w.table_schema = {first} and w.table_name = {second}) then
                insert into dualdb.watched_tables (table_schema, table_name) values ({first}, {second}) on conflict do nothing;
            end if;
            """);
    }

    /// <summary>Logs no more changes of a table; what is logged stays.</summary>
    /// <param name="schema">The table's schema.</param>
    /// <param name="table">The table.</param>
    public static string Drop(string schema, string table)
    {
        var name = SqlFragment.Identifier(schema, table).Text;
        return string.Join(' ', new[] { Rows, Inserts, Truncation }.Select(trigger => $"drop trigger if exists {trigger} on {name};"));
    }

    /// <summary>The same, where no cache watches the table: see <see cref="Watch"/>.</summary>
    /// <param name="schema">The table's schema.</param>
    /// <param name="table">The table.</param>
    public static string DropUnwatched(string schema, string table) => Block($"""
        if not exists (select from dualdb.watched_tables w where w.table_schema = {Literal(schema)} and w.table_name = {Literal(table)}) then
            {Drop(schema, table)}
        end if;
        """);

    /// <summary>Statements as one, in quotes that no name within them can end.</summary>
    private static string Block(string statements)
    {
        var quote = "$dualdb$";
        while (statements.Contains(quote, StringComparison.Ordinal))
        {
            quote = quote.Insert(1, "_");
        }

        return $"do {quote}\nbegin\n{statements}\nend\n{quote};";
    }

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
