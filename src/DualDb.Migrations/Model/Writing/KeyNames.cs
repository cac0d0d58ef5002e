using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>What primary keys are called, and which unique parts are indexes alone, that came into being by another tool or by hand. A comparison with the databases finds it out, and the snapshot keeps it, so that a later change need not ask again.</summary>
internal static class KeyNames
{
    /// <summary>The model with what is known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">What it was compared with.</param>
    /// <param name="changes">What leads from the one to the other: a key that is made by it has PostgreSQL's name, and what is unique by it is a constraint.</param>
    public static SchemaModel Keep(SchemaModel model, SchemaModel from, IReadOnlyList<SchemaChange> changes)
    {
        var made = changes.Where(static change => change is TableCreated or PrimaryKeyChanged).Select(static change => ((TableChange)change).Table.Key).ToHashSet();
        var renamed = changes.OfType<TableRenamed>().ToDictionary(static change => change.Table.Key, static change => change.From);
        var parts = changes.OfType<PartChange>().Where(static change => change.Part.Kind == PartKind.Unique && change is PartAdded or PartRenamed).ToLookup(static change => (change.Table.Key, change.Part.Name));
        var replaced = changes.OfType<TypeChanged>().Where(static change => change.IsReplaced).ToLookup(static change => change.Table.Key, static change => change.Column.Name);
        return model with { Tables = [.. model.Tables.Select(Known)] };

        TableModel Known(TableModel table)
        {
            var old = renamed.GetValueOrDefault(table.Key) ?? from.Find(table.Key);
            return table with
            {
                PrimaryKeyName = made.Contains(table.Key) ? null : old?.PrimaryKeyName,
                Uniques = [.. table.Uniques.Select(unique => unique with { IsIndex = IsIndex(table, old, unique) })],
            };
        }

        // Beside a column that another one takes the place of, an index is built anew as an index.
        bool IsIndex(TableModel table, TableModel? old, UniqueModel unique) => parts[(table.Key, unique.Name)].FirstOrDefault() switch
        {
            PartRenamed change => change.Part.IsIndex,
            PartAdded change => change.Part.IsIndex && replaced[table.Key].Any(change.Part.Names),
            _ => old?.Uniques.Any(other => other.IsIndex && string.Equals(other.Name, unique.Name, StringComparison.Ordinal)) == true,
        };
    }
}
