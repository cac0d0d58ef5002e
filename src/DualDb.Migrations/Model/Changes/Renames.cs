namespace DualDb.Migrations.Model.Changes;

/// <summary>What is only called otherwise: asked for by attribute, and never guessed.</summary>
internal static class Renames
{
    /// <summary>The changes, and the first schema with the names of the second.</summary>
    public static (IReadOnlyList<SchemaChange> Changes, SchemaModel From) Apply(SchemaModel from, SchemaModel to)
    {
        var changes = new List<SchemaChange>();

        // One may take the name that another one leaves: again, until nothing moves any more.
        for (var before = -1; before < changes.Count;)
        {
            before = changes.Count;
            foreach (var table in to.Tables)
            {
                if (table.RenamedFrom is { } old && from.Find(table.Key) is null && from.Find((table.Database, table.Schema, old)) is { } was && !StaysIn(from, to.Find(was.Key)))
                {
                    changes.Add(new TableRenamed(was, table));
                    from = WithTable(from, was, table.Name);
                }
            }
        }

        for (var before = -1; before < changes.Count;)
        {
            before = changes.Count;
            foreach (var table in to.Tables)
            {
                foreach (var column in table.Columns)
                {
                    if (column.RenamedFrom is { } old && from.Find(table.Key) is { } was && Has(was, old) && !Has(was, column.Name) && !StaysIn(was, table, old))
                    {
                        changes.Add(new ColumnRenamed(table, column, old));
                        from = WithColumn(from, was, old, column.Name);
                    }
                }
            }
        }

        return (changes, from);
    }

    /// <summary>What has been given each other's names, which cannot be told from what had them before; empty for nothing.</summary>
    public static IEnumerable<string> Circles(SchemaModel model)
    {
        foreach (var table in model.Tables)
        {
            if (IsCircle(table.Name, name => model.Find((table.Database, table.Schema, name))?.RenamedFrom))
            {
                yield return $"{table.FullName} in {table.Database}";
            }

            foreach (var column in table.Columns.Where(column => IsCircle(column.Name, name => table.Columns.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))?.RenamedFrom)))
            {
                yield return $"{table.FullName}.{column.Name} in {table.Database}";
            }
        }
    }

    /// <summary>What would get a name that is taken: what has it and what is to have it are both there, and only one is left in the model.</summary>
    public static IEnumerable<string> Taken(SchemaModel from, SchemaModel to)
    {
        foreach (var table in to.Tables)
        {
            if (table.RenamedFrom is { } old && from.Find(table.Key) is not null && from.Find((table.Database, table.Schema, old)) is not null && to.Find((table.Database, table.Schema, old)) is null && !IsLeft(to.Tables.Select(static one => one.RenamedFrom), table.Name))
            {
                yield return $"{table.FullName} in {table.Database}, from {old}";
            }

            foreach (var column in table.Columns)
            {
                if (column.RenamedFrom is { } before && from.Find(table.Key) is { } was && Has(was, before) && Has(was, column.Name) && !Has(table, before) && !IsLeft(table.Columns.Select(static one => one.RenamedFrom), column.Name))
                {
                    yield return $"{table.FullName}.{column.Name} in {table.Database}, from {before}";
                }
            }
        }
    }

    // Whether what has the name gets another one itself.
    private static bool IsLeft(IEnumerable<string?> renamed, string name) => renamed.Contains(name, StringComparer.Ordinal);

    private static bool IsCircle(string name, Func<string, string?> before)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = before(name); at is not null && seen.Add(at); at = before(at))
        {
            if (string.Equals(at, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // What has the name in the model is the one that has it, unless that is to get it from another.
    private static bool StaysIn(SchemaModel from, TableModel? table) => table is not null && (table.RenamedFrom is not { } old || from.Find((table.Database, table.Schema, old)) is null);

    private static bool StaysIn(TableModel from, TableModel table, string column)
        => table.Columns.FirstOrDefault(one => string.Equals(one.Name, column, StringComparison.Ordinal)) is { } there && (there.RenamedFrom is not { } old || !Has(from, old));

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
