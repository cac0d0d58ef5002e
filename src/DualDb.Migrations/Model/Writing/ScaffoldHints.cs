using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>What a person should look at before the files are applied.</summary>
internal static class ScaffoldHints
{
    public static IReadOnlyList<string> Of(IReadOnlyList<SchemaChange> changes)
        => [.. Tables(changes), .. Columns(changes), .. Renamed(changes), .. Rewritten(changes), .. changes.OfType<ColumnAdded>().Where(static change => change.Column is { IsNullable: false, Default: null, IsIdentity: false }).Select(Unfilled), .. changes.OfType<ColumnChange>().Where(TakesNoNullAnyMore).Select(Null)];

    private static IEnumerable<string> Tables(IReadOnlyList<SchemaChange> changes)
    {
        foreach (var moved in changes.OfType<TableDropped>().Where(static dropped => dropped.MovedTo is not null))
        {
            yield return $"{moved.Table.FullName} goes from {moved.Database} to {moved.MovedTo!.Database}: apply the phases apart (dualdb migrations up --through backfill, then switch), and release the version whose entity is marked [{moved.MovedTo.Database}] right behind the phase switch. "
                + $"From then on {moved.Database} refuses what the version before writes to it. Triggers, policies and rights of your own do not go with it: docs/guides/splitting-a-database.md.";
        }

        foreach (var dropped in changes.OfType<TableDropped>().Where(static dropped => dropped.MovedTo is null))
        {
            var likely = changes.OfType<TableCreated>().FirstOrDefault(created => created.Database == dropped.Database && IsLike(created.Table, dropped.Table));
            yield return $"{dropped.Table.FullName} is dropped in {dropped.Database}, with all its rows"
                + (likely is null ? "." : $". If it is called {likely.Table.Name} now, remove the files, mark the entity with [RenamedFrom(\"{dropped.Table.Name}\")], and add the migration again.");
        }
    }

    private static IEnumerable<string> Columns(IReadOnlyList<SchemaChange> changes)
    {
        foreach (var dropped in changes.OfType<ColumnDropped>())
        {
            var likely = changes.OfType<ColumnAdded>().FirstOrDefault(added => added.Table.Key == dropped.Table.Key && IsLike(added.Column, dropped.Column));
            yield return $"{dropped.Table.FullName}.{dropped.Column.Name} is dropped in {dropped.Database}, with what it holds"
                + (likely is null ? "." : $". If it is called {likely.Column.Name} now, remove the files, mark the member with [RenamedFrom(\"{dropped.Column.Name}\")], and add the migration again.");
        }
    }

    private static IEnumerable<string> Renamed(IReadOnlyList<SchemaChange> changes)
        => changes.Where(static change => change is TableRenamed or ColumnRenamed)
            .Select(static change => $"{ChangeText.Of(change)} in {change.Database}: the version of the application that still runs does not find it. Stop that one before, or add the new one, fill it and drop the old one.");

    private static IEnumerable<string> Rewritten(IReadOnlyList<SchemaChange> changes)
        => changes.OfType<TypeChanged>().Where(static change => change is { IsWidened: false, IsInPlace: true })
            .Select(static change => $"{change.Table.FullName}.{change.Column.Name} is part of a key, and changes from {change.From.Type} to {change.Column.Type} where it is, in {change.Database}: the table is rewritten in the phase switch, and nobody reads or writes it meanwhile. "
                + "Of a large table, add a new key beside the old one by hand instead.");

    private static string Unfilled(ColumnAdded change)
        => $"{change.Table.FullName}.{change.Column.Name} takes no null and has no default: fill the rows that are there between the phases expand and switch.";

    private static bool TakesNoNullAnyMore(ColumnChange change) => change.Column is { IsNullable: false, Default: null, IsIdentity: false } && change is NullabilityChanged or TypeChanged { IsWidened: false, From.IsNullable: true };

    private static string Null(ColumnChange change)
        => $"{change.Table.FullName}.{change.Column.Name} takes no null any more and has no default, in {change.Database}: give the rows that hold null a value in a file of the phase backfill, before the phase switch, which fails otherwise. The file of the switch has the update for it.";

    private static bool IsLike(ColumnModel left, ColumnModel right) => string.Equals(TypeText.Canonical(left.Type), TypeText.Canonical(right.Type), StringComparison.Ordinal);

    private static bool IsLike(TableModel left, TableModel right)
        => left.Columns.Count(column => right.Columns.Any(other => string.Equals(column.Name, other.Name, StringComparison.Ordinal) && IsLike(column, other))) * 2 > right.Columns.Count;
}
