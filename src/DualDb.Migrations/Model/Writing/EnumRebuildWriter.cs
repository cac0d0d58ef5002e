using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// Writes enums that are made anew, all of a migration at once. A condition that compares such a column knows the type as it was, and PostgreSQL refuses to change the column under it: checks and partial indexes go before, and come
/// back behind the last type, since they may speak of several.
/// </summary>
/// <param name="files">The files of the database.</param>
/// <param name="rebuilt">The enums.</param>
internal sealed class EnumRebuildWriter(SqlFileSet files, IReadOnlyList<EnumRebuilt> rebuilt)
{
    /// <summary>Whether a part of a table is written with the enums, since its condition speaks of a column of theirs: also one that comes anew, which may speak of new values.</summary>
    public bool Holds(TableModel table, TablePart part)
        => part.Kind is PartKind.Check or PartKind.Index && rebuilt.Any(type => type.Columns.Any(one => one.Table.Key == table.Key && part.IsConditionOf(one.Column.Name)));

    public void Write()
    {
        var held = rebuilt.SelectMany(static type => type.Columns).Select(static one => one.Table).DistinctBy(static table => table.Key)
            .SelectMany(table => TablePart.Of(table).Where(part => Holds(table, part)).Select(part => (Table: table, Part: part))).ToList();
        var checks = held.Where(static one => one.Part.Kind == PartKind.Check).ToList();
        var indexes = held.Where(static one => one.Part.Kind == PartKind.Index).ToList();

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
            var (quoted, array) = (SqlName.Quote(column.Name), TypeText.IsArray(column.Type) ? "[]" : "");
            var steps = new List<string> { $"alter column {quoted} type {name}{array} using {quoted}::text{array}::{name}{array}" };
            if (column.Default is { } value)
            {
                steps.Insert(0, $"alter column {quoted} drop default");
                steps.Add($"alter column {quoted} set default {value}");
            }

            files.Contract.Add(TableSql.Alter(table, steps), down: null);
        }

        files.Contract.Add($"drop type {SqlName.Of(type.Schema, old)};", down: null);
    }
}
