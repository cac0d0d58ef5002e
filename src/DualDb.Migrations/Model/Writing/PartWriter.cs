using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes changes of indexes and constraints. Nobody waits while the rows of a table that was there are looked at.</summary>
/// <param name="files">The files of the database.</param>
internal sealed class PartWriter(SqlFileSet files)
{
    public void Write(PartChange change)
    {
        var (table, part) = (change.Table, change.Part);
        switch (change)
        {
            case PartAdded { Replaces: { } old } when part.Kind == PartKind.Index:
                // The new one is built beside the old one, and then takes its name.
                var beside = SqlName.With(part.Name, "_new");
                files.Expand.Add(TableSql.CreateIndex(table, part, concurrently: true, beside), DropIndex(table, beside));
                files.Switch.Add(DropIndex(table, old.Name), down: null).Add(RenameIndex(table, beside, part.Name), down: null);
                break;
            case PartAdded { Replaces: { } old }:
                files.Expand.Add(Drop(table, old), down: null);
                Add(table, part);
                break;
            case PartAdded:
                Add(table, part);
                break;
            case PartDropped when part.Kind == PartKind.Index:
                files.Contract.Add(DropIndex(table, part.Name), TableSql.CreateIndex(table, part, concurrently: true));
                break;
            case PartDropped:
                files.Expand.Add(Drop(table, part), down: null);
                break;
            case PartRenamed { From: var from } when part.IsIndex:
                files.Expand.Add(RenameIndex(table, from, part.Name), RenameIndex(table, part.Name, from));
                break;
            case PartRenamed { From: var from }:
                files.Expand.Add(
                    TableSql.Alter(table, [$"rename constraint {SqlName.Quote(from)} to {SqlName.Quote(part.Name)}"]), TableSql.Alter(table, [$"rename constraint {SqlName.Quote(part.Name)} to {SqlName.Quote(from)}"]));
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} cannot be written.", nameof(change));
        }
    }

    public static string DropConstraint(TableModel table, string name) => TableSql.Alter(table, ["drop constraint if exists " + SqlName.Quote(name)]);

    public static string DropIndex(TableModel table, string name) => $"drop index concurrently if exists {SqlName.Of(table.Schema, name)};";

    public static string RenameIndex(TableModel table, string from, string to) => $"alter index {SqlName.Of(table.Schema, from)} rename to {SqlName.Quote(to)};";

    private static string Drop(TableModel table, TablePart part) => part.IsIndex ? DropIndex(table, part.Name) : DropConstraint(table, part.Name);

    private void Add(TableModel table, TablePart part)
    {
        var name = SqlName.Quote(part.Name);
        switch (part.Kind)
        {
            case PartKind.Index:
                files.Expand.Add(TableSql.CreateIndex(table, part, concurrently: true), DropIndex(table, part.Name));
                break;
            case PartKind.Unique:
                files.Expand.Add(TableSql.CreateIndex(table, part, concurrently: true), DropIndex(table, part.Name))
                    .Add(TableSql.Alter(table, [$"add constraint {name} unique using index {name}"]), DropConstraint(table, part.Name));
                break;
            default:
                files.Expand.Add(TableSql.Alter(table, [$"add constraint {name} {part.Definition} not valid"]), DropConstraint(table, part.Name));
                files.Backfill.Add(TableSql.Alter(table, [$"validate constraint {name}"]), "");
                break;
        }
    }
}
