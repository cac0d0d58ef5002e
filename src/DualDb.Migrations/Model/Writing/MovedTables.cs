using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// Tables that go in one database and come in the other. Creating and dropping them in one migration would lose their rows: these are copied by the synchronisation, for which the model has to know both tables for a time.
/// </summary>
internal static class MovedTables
{
    /// <summary>Refuses them.</summary>
    /// <exception cref="ScaffoldException">There is one.</exception>
    public static void Refuse(IReadOnlyList<SchemaChange> changes)
    {
        foreach (var dropped in changes.OfType<TableDropped>())
        {
            if (changes.OfType<TableCreated>().FirstOrDefault(created => created.Database != dropped.Database && IsSame(created.Table, dropped.Table)) is { } created)
            {
                throw new ScaffoldException(
                    $"{dropped.Table.FullName} goes from {dropped.Database} to {created.Database}, and its rows have to go with it. Keep the entity in {dropped.Database}, add one in {created.Database} beside it with a [SyncMap] between them, "
                    + "and remove the first one when the rows are copied, verified and read from there: docs/guides/splitting-a-database.md. Nothing was written.");
            }
        }
    }

    private static bool IsSame(TableModel created, TableModel dropped)
        => string.Equals(created.Name, dropped.Name, StringComparison.Ordinal)
            && created.PrimaryKey.SequenceEqual(dropped.PrimaryKey, StringComparer.Ordinal);
}
