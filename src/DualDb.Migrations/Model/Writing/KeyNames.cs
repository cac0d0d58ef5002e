using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>What primary keys are called that came into being by another tool or by hand. A comparison with the databases finds it out, and the snapshot keeps it, so that a later change of the key need not ask again.</summary>
internal static class KeyNames
{
    /// <summary>The model with the names that are known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">What it was compared with.</param>
    /// <param name="changes">What leads from the one to the other: a key that is made by it has PostgreSQL's name.</param>
    public static SchemaModel Keep(SchemaModel model, SchemaModel from, IReadOnlyList<SchemaChange> changes)
    {
        var made = changes.Where(static change => change is TableCreated or PrimaryKeyChanged).Select(static change => ((TableChange)change).Table.Key).ToHashSet();
        var renamed = changes.OfType<TableRenamed>().ToDictionary(static change => change.Table.Key, static change => change.From);
        return model with
        {
            Tables = [.. model.Tables.Select(table => table with { PrimaryKeyName = made.Contains(table.Key) ? null : (renamed.GetValueOrDefault(table.Key) ?? from.Find(table.Key))?.PrimaryKeyName })],
        };
    }
}
