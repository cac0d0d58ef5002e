using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// Tables that go in one database and come in the other: their rows go with them, phase by phase, and nothing else of them changes at that occasion.
/// </summary>
internal static class MovedTables
{
    /// <summary>The changes, with a <see cref="TableCreated"/> and a <see cref="TableDropped"/> that know of each other where a table moves.</summary>
    /// <exception cref="ScaffoldException">A table moves that cannot in one step.</exception>
    public static IReadOnlyList<SchemaChange> Find(IReadOnlyList<SchemaChange> changes, SchemaModel from, SchemaModel to)
    {
        var found = changes.ToList();
        foreach (var dropped in changes.OfType<TableDropped>())
        {
            var created = changes.OfType<TableCreated>().Where(created => created.Database != dropped.Database && IsSame(created.Table, dropped.Table))
                .OrderByDescending(created => string.Equals(created.Table.Schema, dropped.Table.Schema, StringComparison.Ordinal)).FirstOrDefault();
            if (created is not null)
            {
                Require(dropped.Table, created.Table, from, to);
                found[found.IndexOf(created)] = created with { MovedFrom = dropped.Table };
                found[found.IndexOf(dropped)] = dropped with { MovedTo = created.Table };
            }
        }

        return found;
    }

    private static bool IsSame(TableModel created, TableModel dropped)
        => string.Equals(created.Name, dropped.Name, StringComparison.Ordinal) || string.Equals(created.RenamedFrom, dropped.Name, StringComparison.Ordinal);

    private static void Require(TableModel old, TableModel moved, SchemaModel from, SchemaModel to)
    {
        if (old.IsCopy || moved.IsCopy || from.Maps.Concat(to.Maps).FirstOrDefault(map => Has(map, old) || Has(map, moved)) is not null)
        {
            var map = from.Maps.Concat(to.Maps).FirstOrDefault(map => Has(map, old) || Has(map, moved))?.Name;
            throw Refusal(old, moved, $"it is synchronised{(map is null ? "" : $" by '{map}'")}, and nobody would carry on what comes to it meanwhile. Take it out of the synchronisation ([SyncMap], [Synced]) and release that, move it, and synchronise it again");
        }

        if (old.PrimaryKey.Count == 0 || !old.PrimaryKey.SequenceEqual(moved.PrimaryKey, StringComparer.Ordinal))
        {
            throw Refusal(old, moved, "its primary key is another one there, and its rows could not be told apart. Give it the same key, and change that in a migration before or after; where it is another table that only has the name, remove the one in a migration before");
        }

        if (Different(old, moved) is { Count: > 0 } different)
        {
            throw Refusal(old, moved, $"at the same time it changes otherwise: {string.Join(", ", different)}. Write two migrations: change the entity where it is and add one, then let it move and add the other; where it is another table that only has the name, remove the one in a migration before");
        }
    }

    // What is created with the table, and says nothing of the values that it holds, may change.
    private static List<string> Different(TableModel old, TableModel moved)
        => [.. TableComparison.Compare(old with { Database = moved.Database, Schema = moved.Schema, Name = moved.Name }, moved)
            .Where(static change => change is ColumnAdded or ColumnDropped or ColumnRenamed or TypeChanged or NullabilityChanged { Column.IsNullable: false })
            .Select(ChangeText.Of)];

    private static bool Has(MapModel map, TableModel table) => map.Source.Is(table) || map.Target.Is(table);

    private static ScaffoldException Refusal(TableModel old, TableModel moved, string reason)
        => new($"{old.FullName} goes from {old.Database} to {moved.Database}, and {reason}: docs/guides/splitting-a-database.md. Nothing was written.");
}
