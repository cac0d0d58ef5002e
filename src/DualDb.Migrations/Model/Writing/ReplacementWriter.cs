using DualDb.Migrations.Linting;
using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>
/// Writes changes of types for which a new column is filled beside the old one, and then takes its place. All those of a table at once: an index or a constraint may stand on more than one of them, and is built once.
/// </summary>
/// <param name="files">The files of the database.</param>
internal sealed class ReplacementWriter(SqlFileSet files)
{
    /// <summary>Writes the changes of one table.</summary>
    public void Write(IReadOnlyList<TypeChanged> changes)
    {
        var table = changes[0].Table;
        var columns = changes.Select(static change => new Replacement(change)).ToList();
        columns.ForEach(Fill);
        var around = TablePart.Of(table).Where(part => columns.Exists(column => part.Names(column.Column.Name))).ToList();
        var fresh = columns.ToDictionary(static column => column.Column.Name, static column => column.Fresh, StringComparer.Ordinal);
        foreach (var part in around.Where(static part => part.Kind is PartKind.Index or PartKind.Unique))
        {
            files.Backfill.Add(TableSql.CreateIndex(table, part, concurrently: true, SqlName.With(part.Name, "_new"), part.DefinitionWith(fresh)), PartWriter.DropIndex(table, SqlName.With(part.Name, "_new")));
        }

        files.Switch.Add(BoundColumns.Refuse(table, [.. columns.Select(static column => column.Column.Name)]), "");
        columns.ForEach(Switch);
        around.ForEach(part => TakePlace(table, part));
        columns.ForEach(column => files.Contract.Add(TableSql.Alter(table, ["drop column " + column.OldName]), down: null));
    }

    private void Fill(Replacement replaced)
    {
        var (table, column, from, place) = (replaced.Table, replaced.Column, replaced.From, SqlName.Of(replaced.Table));
        var (name, newName, trigger, function) = (replaced.Name, replaced.NewName, replaced.Trigger, replaced.Function);
        var converted = TypeText.Convert("new." + name, from.Type, column.Type);

        // The trigger has the last word, also on what the backfill writes.
        var filled = column is { IsNullable: false, Default: { } given } && from.IsNullable ? $"coalesce({converted}, {given})" : converted;
        files.Expand
            .Add($"-- {name} gets the type {column.Type} by a column that is filled beside it, and then takes its place.\n" + TableSql.Alter(table, [$"add column {newName} {column.Type}"]), TableSql.Alter(table, [$"drop column if exists {newName}"]))
            .Add(
                $"""
                create function {function}() returns trigger language plpgsql as $dualdb$
                begin
                    new.{newName} := {filled};
                    return new;
                end
                $dualdb$;
                """,
                $"drop function if exists {function}();")
            .Add($"create trigger {trigger} before insert or update on {place}\n    for each row execute function {function}();", $"drop trigger if exists {trigger} on {place};");
        var value = TypeText.Convert(name, from.Type, column.Type);
        files.Backfill.AddDivided($"update {place} set {newName} = {value} where {newName} is null and {name} is not null;");
        if (column is { IsNullable: false, Default: { } instead } && from.IsNullable)
        {
            files.Backfill.AddDivided($"update {place} set {newName} = {instead} where {newName} is null;");
        }

        if (!column.IsNullable)
        {
            new ColumnWriter(files).SetNotNull(table, column, replaced.Fresh, mayHoldNull: from.IsNullable);
        }
    }

    private void Switch(Replacement replaced)
    {
        var (table, column) = (replaced.Table, replaced.Column);
        files.Switch
            .Add($"drop trigger {replaced.Trigger} on {SqlName.Of(table)};\ndrop function {replaced.Function}();", down: null)
            .Add($"{TableSql.Alter(table, [$"rename column {replaced.Name} to {replaced.OldName}"])}\n{TableSql.Alter(table, [$"rename column {replaced.NewName} to {replaced.Name}"])}", down: null)
            .Accepts[LintRules.Rename] = "the new column takes the place of the old one in one transaction";
        var steps = new List<string>();
        if (!replaced.From.IsNullable)
        {
            steps.Add($"alter column {replaced.OldName} drop not null");
        }

        if (replaced.From.Default is not null)
        {
            steps.Add($"alter column {replaced.OldName} drop default");
        }

        if (column.Default is { } value)
        {
            steps.Add($"alter column {replaced.Name} set default {value}");
        }

        if (steps.Count > 0)
        {
            files.Switch.Add(TableSql.Alter(table, steps), down: null);
        }

        if (column.Comment is { } comment)
        {
            files.Switch.Add(TableSql.Comment(table, column.Name, comment), down: null);
        }
    }

    // What stands on the old column goes with it; the new one takes its name before.
    private void TakePlace(TableModel table, TablePart part)
    {
        var fresh = SqlName.With(part.Name, "_new");
        if (part.Kind == PartKind.Check)
        {
            files.Switch.Add(TableSql.Alter(table, ["drop constraint if exists " + SqlName.Quote(part.Name), $"add constraint {SqlName.Quote(part.Name)} {part.Definition} not valid"]), down: null);
            files.Contract.Add(TableSql.Alter(table, ["validate constraint " + SqlName.Quote(part.Name)]), down: null);
        }
        else if (part is { Kind: PartKind.Unique, IsIndex: false })
        {
            files.Switch.Add(TableSql.Alter(table, ["drop constraint if exists " + SqlName.Quote(part.Name), $"add constraint {SqlName.Quote(part.Name)} unique using index {SqlName.Quote(fresh)}"]), down: null);
        }
        else
        {
            var (schema, old) = (SqlName.Of(table.Schema, part.Name), SqlName.With(part.Name, "_old"));
            files.Switch.Add($"alter index if exists {schema} rename to {SqlName.Quote(old)};\n{PartWriter.RenameIndex(table, fresh, part.Name)}", down: null);
            files.Contract.Add(PartWriter.DropIndex(table, old), down: null);
        }
    }

    /// <summary>A column, the one that takes its place, and what fills that meanwhile.</summary>
    private sealed record Replacement(TypeChanged Change)
    {
        public TableModel Table => Change.Table;

        public ColumnModel Column => Change.Column;

        public ColumnModel From => Change.From;

        /// <summary>The column that is filled beside it, not quoted.</summary>
        public string Fresh { get; } = SqlName.With(Change.Column.Name, "_new");

        public string Name { get; } = SqlName.Quote(Change.Column.Name);

        public string NewName => SqlName.Quote(Fresh);

        public string OldName { get; } = SqlName.Quote(SqlName.With(Change.Column.Name, "_old"));

        public string Trigger { get; } = SqlName.Quote(SqlName.With(Change.Table.Name + "_" + Change.Column.Name, "_new"));

        public string Function => $"{SqlName.Quote(Table.Schema)}.{Trigger}";
    }
}
