namespace DualDb.Migrations.Model.Writing;

/// <summary>Renames that are asked for beside the model.</summary>
internal static class AskedRenames
{
    /// <summary>The model with them.</summary>
    /// <exception cref="ScaffoldException">One names nothing of the model.</exception>
    public static SchemaModel Apply(SchemaModel model, IEnumerable<KeyValuePair<string, string>> renames)
    {
        foreach (var (now, before) in renames)
        {
            var isFound = false;
            string? Old(string? marked, string name)
            {
                var isMeant = string.Equals(now, name, StringComparison.Ordinal);
                isFound |= isMeant;
                return isMeant ? before : marked;
            }

            model = model with { Tables = [.. model.Tables.Select(Rename)] };
            TableModel Rename(TableModel table)
            {
                var name = $"{MigrationId.FolderOf(table.Database)}/{table.FullName}";
                return table with
                {
                    RenamedFrom = Old(table.RenamedFrom, name),
                    Columns = [.. table.Columns.Select(column => column with { RenamedFrom = Old(column.RenamedFrom, $"{name}.{column.Name}") })],
                };
            }

            if (!isFound)
            {
                throw new ScaffoldException($"The rename of '{before}' to '{now}' names no table or column of the model. Write the new name with its place: neon/public.orders for a table, neon/public.orders.total for a column.");
            }
        }

        return model;
    }
}
