using DualDb.Migrations.Linting;
using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes changes of columns.</summary>
/// <param name="files">The files of the database.</param>
internal sealed class ColumnWriter(SqlFileSet files)
{
    public void Write(ColumnChange change)
    {
        var (table, column, name) = (change.Table, change.Column, SqlName.Quote(change.Column.Name));
        switch (change)
        {
            case ColumnAdded:
                Add(table, column);
                break;
            case ColumnDropped:
                Drop(table, column);
                break;
            case ColumnRenamed renamed:
                files.Expand.Add(TableSql.Alter(table, [$"rename column {SqlName.Quote(renamed.From)} to {name}"]), TableSql.Alter(table, [$"rename column {name} to {SqlName.Quote(renamed.From)}"]));
                if (table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal))
                {
                    files.Expand.Add(CaptureSql.Refresh(table), "");
                }

                break;
            case NullabilityChanged when column.IsNullable:
                files.Expand.Add(TableSql.Alter(table, [$"alter column {name} drop not null"]), "");
                break;
            case NullabilityChanged:
                Fill(table, column);
                SetNotNull(table, column, column.Name, mayHoldNull: true);
                break;
            case DefaultChanged changed:
                files.Expand.Add(TableSql.Alter(table, [Default(name, column.Default)]), TableSql.Alter(table, [Default(name, changed.From)]));
                break;
            case IdentityChanged:
                files.Expand.Add(Number(table, column), column.IsIdentity ? TableSql.Alter(table, [$"alter column {name} drop identity if exists"]) : null);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} cannot be written.", nameof(change));
        }
    }

    /// <summary>Makes a column not null: the rows are looked at while others read and write.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column, as it is afterwards.</param>
    /// <param name="name">What it is called at that time.</param>
    /// <param name="mayHoldNull">Whether rows may hold null where it has no default that they were filled with.</param>
    public void SetNotNull(TableModel table, ColumnModel column, string name, bool mayHoldNull)
    {
        var hint = mayHoldNull && column.Default is null ? Unfilled(table, column) : "";
        var check = SqlName.Quote(SqlName.With(table.Name + "_" + column.Name, "_not_null"));
        files.NotNull
            .Add(hint + TableSql.Alter(table, [$"add constraint {check} check ({SqlName.Quote(name)} is not null) not valid"]), TableSql.Alter(table, [$"drop constraint if exists {check}"]))
            .Add(TableSql.Alter(table, [$"validate constraint {check}"]), "")
            .Add(TableSql.Alter(table, [$"alter column {SqlName.Quote(name)} set not null"]), TableSql.Alter(table, [$"alter column {SqlName.Quote(name)} drop not null"]))
            .Add(TableSql.Alter(table, [$"drop constraint {check}"]), "")
            .Accepts[LintRules.SetNotNull] = "the check before it spares the look at the rows";
    }

    /// <summary>What a file says of rows that nobody can make up a value for.</summary>
    public static string Unfilled(TableModel table, ColumnModel column)
        => $"""
            -- Rows that hold null in {SqlName.Quote(column.Name)} have to get a value first, or this fails: put one into the update below, and that into a
            -- file of the phase backfill ('-- batch: 5000' in its header) that comes before this one. Or give the member [DefaultSql], and add the migration again.
            --   update {SqlName.Of(table)} set {SqlName.Quote(column.Name)} = <value> where {SqlName.Quote(column.Name)} is null;

            """;

    public static string Default(string name, string? value) => $"alter column {name} {(value is null ? "drop default" : "set default " + value)}";

    private void Add(TableModel table, ColumnModel column)
    {
        var isFilled = column.IsNullable || column.Default is not null || column.IsIdentity;
        var first = isFilled ? column : column with { IsNullable = true };
        var comment = isFilled ? "" : $"-- {SqlName.Quote(column.Name)} takes null until the rows that are there are filled: do that before the phase switch, or give the member [DefaultSql].\n";
        files.Expand.Add(comment + TableSql.Alter(table, ["add column " + TableSql.Column(first)]), TableSql.Alter(table, [$"drop column if exists {SqlName.Quote(column.Name)}"]));
        if (column.Comment is { } text)
        {
            files.Expand.Add(TableSql.Comment(table, column.Name, text), "");
        }

        if (!isFilled)
        {
            SetNotNull(table, column, column.Name, mayHoldNull: false);
        }
    }

    private void Drop(TableModel table, ColumnModel column)
    {
        var name = SqlName.Quote(column.Name);
        if (!column.IsNullable && column.Default is null && !column.IsIdentity && !table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal))
        {
            files.Expand.Add($"-- The next version of the application knows {name} no more, and inserts nothing into it.\n" + TableSql.Alter(table, [$"alter column {name} drop not null"]), "");
        }

        files.Contract.Add(TableSql.Alter(table, ["drop column " + name]), down: null);
    }

    private void Fill(TableModel table, ColumnModel column)
    {
        var name = SqlName.Quote(column.Name);
        if (column.Default is { } value)
        {
            files.Backfill.AddDivided($"update {SqlName.Of(table)} set {name} = {value} where {name} is null;");
        }
    }

    private static string Number(TableModel table, ColumnModel column)
    {
        var name = SqlName.Quote(column.Name);
        return column.IsIdentity
            ? TableSql.Alter(table, [$"alter column {name} drop default", $"alter column {name} add generated by default as identity"])
                + $"\n\nselect setval(pg_get_serial_sequence({SqlName.Literal(SqlName.Of(table))}, {SqlName.Literal(column.Name)}), (select coalesce(max({name}), 0) + 1 from {SqlName.Of(table)}), false);"
            : TableSql.Alter(table, [$"alter column {name} drop identity if exists"]);
    }
}
