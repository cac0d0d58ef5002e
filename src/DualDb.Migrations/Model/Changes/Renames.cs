namespace DualDb.Migrations.Model.Changes;

/// <summary>What is only called otherwise: asked for by attribute, and never guessed.</summary>
internal static class Renames
{
    /// <summary>The changes, and the first schema with the names of the second.</summary>
    public static (IReadOnlyList<SchemaChange> Changes, SchemaModel From) Apply(SchemaModel from, SchemaModel to)
    {
        var changes = new List<SchemaChange>();
        foreach (var table in to.Tables)
        {
            if (table.RenamedFrom is { } old && from.Find(table.Key) is null && from.Find((table.Database, table.Schema, old)) is { } before && to.Find(before.Key) is null)
            {
                changes.Add(new TableRenamed(before, table));
                from = WithTable(from, before, table.Name);
            }
        }

        foreach (var table in to.Tables)
        {
            foreach (var column in table.Columns)
            {
                if (column.RenamedFrom is { } old && from.Find(table.Key) is { } before && Has(before, old) && !Has(before, column.Name) && !Has(table, old))
                {
                    changes.Add(new ColumnRenamed(table, column, old));
                    from = WithColumn(from, before, old, column.Name);
                }
            }
        }

        return (changes, from);
    }

    private static bool Has(TableModel table, string column) => table.Columns.Any(one => string.Equals(one.Name, column, StringComparison.Ordinal));

    private static SchemaModel WithTable(SchemaModel model, TableModel renamed, string name) => model with
    {
        Tables = [.. model.Tables.Select(table => WithKeys(ReferenceEquals(table, renamed) ? table with { Name = name } : table, renamed, key => key with { ToTable = name }))],
        Maps = [.. model.Maps.Select(map => map with { Source = Renamed(map.Source, renamed, name), Target = Renamed(map.Target, renamed, name) })],
    };

    private static MappedTable Renamed(MappedTable table, TableModel renamed, string name) => table.Is(renamed) ? table with { Name = name } : table;

    private static SchemaModel WithColumn(SchemaModel model, TableModel owner, string old, string name)
    {
        string Column(string column) => string.Equals(column, old, StringComparison.Ordinal) ? name : column;
        string Sql(string sql) => SqlWords.Replace(sql, old, name);
        TableModel Table(TableModel table) => !ReferenceEquals(table, owner) ? table : table with
        {
            Columns = [.. table.Columns.Select(column => column with { Name = Column(column.Name) })],
            PrimaryKey = [.. table.PrimaryKey.Select(Column)],
            Uniques = [.. table.Uniques.Select(unique => unique with { Columns = [.. unique.Columns.Select(Column)] })],
            Checks = [.. table.Checks.Select(check => check with { Sql = Sql(check.Sql) })],
            Indexes = [.. table.Indexes.Select(index => index with { Columns = [.. index.Columns.Select(Column)], Where = index.Where is null ? null : Sql(index.Where) })],
            ForeignKeys = [.. table.ForeignKeys.Select(key => key with { Column = Column(key.Column) })],
        };
        return model with { Tables = [.. model.Tables.Select(table => WithKeys(Table(table), owner, key => key with { ToColumn = Column(key.ToColumn) }))] };
    }

    private static TableModel WithKeys(TableModel table, TableModel target, Func<ForeignKeyModel, ForeignKeyModel> rename)
        => table.Database != target.Database ? table : table with
        {
            ForeignKeys = [.. table.ForeignKeys.Select(key
                => string.Equals(key.ToSchema, target.Schema, StringComparison.Ordinal) && string.Equals(key.ToTable, target.Name, StringComparison.Ordinal) ? rename(key) : key)],
        };
}
