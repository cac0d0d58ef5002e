using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>What cannot be written before enums are made anew: it speaks of values that their types, as they were, do not have; or PostgreSQL refuses to change the type under it.</summary>
/// <param name="rebuilt">The enums.</param>
/// <param name="changes">The changes of their database.</param>
internal sealed class EnumRebuildDelays(IReadOnlyList<EnumRebuilt> rebuilt, IReadOnlyList<SchemaChange> changes)
{
    /// <summary>Whether a part of a table is written with the enums, since its condition speaks of a column of theirs: also one that comes anew, which may speak of new values.</summary>
    public bool Holds(TableModel table, TablePart part)
        => part.Kind is PartKind.Check or PartKind.Index && rebuilt.Any(type => type.Columns.Any(one => one.Table.Key == table.Key && part.IsConditionOf(one.Column.Name)));

    /// <summary>Whether a check cannot wait where it is, though it cannot be written before: it stands on a column that another one takes the place of, which nobody fills from then on.</summary>
    public bool IsDroppedInSwitch(TableModel table, TablePart part) => part.Kind == PartKind.Check && StandsOnReplaced(table, part) && SpeaksOfNewValues(table, part);

    /// <summary>Whether the default of a column waits, and with it that the column takes no null.</summary>
    public bool Waits(TableModel table, ColumnModel column)
        => column.Default is { } value && rebuilt.Any(type => IsOf(type, table, column) && type.Type.Values.Except(type.From.Values, StringComparer.Ordinal).Any(added => Mentions(value, column, added)));

    /// <summary>Whether rows that hold null get the default then, as they would have got it at once.</summary>
    public bool IsFilled(TableModel table, ColumnModel column)
        => !column.IsNullable || changes.OfType<ColumnAdded>().Any(change => change.Table.Key == table.Key && string.Equals(change.Column.Name, column.Name, StringComparison.Ordinal));

    /// <summary>The changes that are written before.</summary>
    public IReadOnlyList<SchemaChange> Before() => rebuilt.Count == 0 ? changes : [.. changes.Where(change => !IsLate(change)).Select(Early)];

    private bool IsLate(SchemaChange change) => change switch
    {
        DefaultChanged one => Waits(one.Table, one.Column),
        NullabilityChanged { Column.IsNullable: false } one => Waits(one.Table, one.Column),
        PartAdded one => Holds(one.Table, one.Part),
        _ => false,
    };

    private SchemaChange Early(SchemaChange change) => change switch
    {
        TableCreated one => one with { Table = Early(one.Table) },
        ColumnAdded one => one with { Column = Early(one.Table, one.Column) },
        TypeChanged one => one with { Table = Early(one.Table), Column = Early(one.Table, one.Column) },
        _ => change,
    };

    private TableModel Early(TableModel table)
    {
        // What stands also on a column that another one takes the place of moves to that one at once, and is written again with the enums.
        var held = TablePart.Of(table).Where(part => Holds(table, part) && (!StandsOnReplaced(table, part) || SpeaksOfNewValues(table, part))).Select(static part => (part.Kind, part.Name)).ToHashSet();
        return table with
        {
            Columns = [.. table.Columns.Select(column => Early(table, column))],
            Checks = [.. table.Checks.Where(check => !held.Contains((PartKind.Check, check.Name)))],
            Indexes = [.. table.Indexes.Where(index => !held.Contains((PartKind.Index, index.Name)))],
        };
    }

    private ColumnModel Early(TableModel table, ColumnModel column)
        => Waits(table, column) ? column with { Default = null, IsNullable = !table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) } : column;

    private bool StandsOnReplaced(TableModel table, TablePart part)
        => changes.OfType<TypeChanged>().Any(change => change.IsReplaced && change.Table.Key == table.Key && part.Names(change.Column.Name));

    private bool SpeaksOfNewValues(TableModel table, TablePart part) => part.Condition is { } condition && rebuilt.Any(type => type.Columns.Any(one =>
        one.Table.Key == table.Key && part.IsConditionOf(one.Column.Name) && type.Type.Values.Except(type.From.Values, StringComparer.Ordinal).Any(added => Mentions(condition, one.Column, added))));

    private static bool IsOf(EnumRebuilt type, TableModel table, ColumnModel column)
        => type.Columns.Any(one => one.Table.Key == table.Key && string.Equals(one.Column.Name, column.Name, StringComparison.Ordinal));

    // Within an array a value need not be quoted.
    private static bool Mentions(string sql, ColumnModel column, string value)
        => sql.Contains(TypeText.IsArray(column.Type) ? value : SqlName.Literal(value), StringComparison.Ordinal);
}
