using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// Writes enums that are made anew, all of a migration at once. A condition that compares such a column knows the type as it was, and PostgreSQL refuses to change the column under it: checks and partial indexes go before, and come
/// back behind the last type, since they may speak of several. What has the type anew gets it as it was, and with the others as it is; a default that speaks of a new value comes with it.
/// </summary>
/// <param name="files">The files of the database.</param>
/// <param name="rebuilt">The enums.</param>
/// <param name="waiting">What waits for them.</param>
internal sealed class EnumRebuildWriter(SqlFileSet files, IReadOnlyList<EnumRebuilt> rebuilt, EnumRebuildDelays waiting)
{
    public void Write()
    {
        var held = rebuilt.SelectMany(static type => type.Columns).Select(static one => one.Table).DistinctBy(static table => table.Key)
            .SelectMany(table => TablePart.Of(table).Where(part => waiting.Holds(table, part)).Select(part => (Table: table, Part: part))).ToList();
        var checks = held.Where(static one => one.Part.Kind == PartKind.Check).ToList();
        var indexes = held.Where(static one => one.Part.Kind == PartKind.Index).ToList();

        checks.Where(one => waiting.IsDroppedInSwitch(one.Table, one.Part)).ToList().ForEach(one => files.Switch.Add(PartWriter.DropConstraint(one.Table, one.Part.Name), down: null));

        // Indexes first: what is dropped concurrently would end the transaction that the rest shares.
        indexes.ForEach(one => files.Contract.Add($"-- {SqlName.Quote(one.Part.Name)} is for rows by a value of an enum that is made anew, and is built again behind it.\n" + PartWriter.DropIndex(one.Table, one.Part.Name), down: null));
        checks.ForEach(one => files.Contract.Add(PartWriter.DropConstraint(one.Table, one.Part.Name), down: null));
        foreach (var type in rebuilt)
        {
            Rebuild(type);
        }

        checks.ForEach(one => files.Contract.Add(TableSql.Alter(one.Table, [$"add constraint {SqlName.Quote(one.Part.Name)} {one.Part.Definition} not valid"]), down: null));

        // In a file of its own, since the transaction before has locked the tables until its end.
        checks.ForEach(one => files.Validate.Add(TableSql.Alter(one.Table, [$"validate constraint {SqlName.Quote(one.Part.Name)}"]), ""));
        indexes.ForEach(one => files.Validate.Add(TableSql.CreateIndex(one.Table, one.Part, concurrently: true), ""));
    }

    private void Rebuild(EnumRebuilt one)
    {
        var (type, name) = (one.Type, EnumWriter.NameOf(one.Type));
        var old = SqlName.With(type.Name, "_old");
        var lost = one.From.Values.Except(type.Values, StringComparer.Ordinal).ToList();
        var comment = lost.Count == 0
            ? "-- Values change their order, which only a new type can have."
            : $"-- Rows that hold {string.Join(", ", lost.Select(SqlName.Literal))} have to get another value before.";
        files.Contract.Add($"{comment} The tables are rewritten, and nobody reads or writes them meanwhile.\nalter type {name} rename to {SqlName.Quote(old)};", down: null).Add(EnumWriter.CreateType(type), down: null);
        foreach (var (table, column) in one.Columns)
        {
            files.Contract.Add(TableSql.Alter(table, Steps(table, column, name)), down: null);
        }

        files.Contract.Add($"drop type {SqlName.Of(type.Schema, old)};", down: null);
    }

    private List<string> Steps(TableModel table, ColumnModel column, string type)
    {
        var (quoted, array) = (SqlName.Quote(column.Name), TypeText.IsArray(column.Type) ? "[]" : "");
        var value = $"{quoted}::text{array}::{type}{array}";
        var isLate = waiting.Waits(table, column);
        var steps = new List<string> { $"alter column {quoted} type {type}{array} using {(isLate && waiting.IsFilled(table, column) ? $"coalesce({value}, {column.Default})" : value)}" };
        if (column.Default is { } given)
        {
            steps.Insert(0, $"alter column {quoted} drop default");
            steps.Add($"alter column {quoted} set default {given}");
        }

        if (isLate && !column.IsNullable)
        {
            steps.Add($"alter column {quoted} set not null");
        }

        return steps;
    }
}
