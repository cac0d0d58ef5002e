namespace DualDb.Migrations.Model.Changes;

internal enum PartKind
{
    Unique,
    Check,
    Index,
    ForeignKey,
}

/// <summary>An index or a constraint of a table.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Name">Its name.</param>
/// <param name="Definition">What follows its name in SQL: equal for equal parts.</param>
/// <param name="Columns">The columns that it stands on; none for a condition.</param>
/// <param name="Condition">The condition of a check, or of the rows of an index; null for none.</param>
internal sealed record TablePart(PartKind Kind, string Name, string Definition, IReadOnlyList<string> Columns, string? Condition = null)
{
    /// <summary>What people call it.</summary>
    public string Noun => Kind switch { PartKind.Unique => "unique constraint", PartKind.Check => "check constraint", PartKind.Index => "index", _ => "foreign key" };

    /// <summary>Whether it is an index in the database: also a unique one without a constraint, where it was found there.</summary>
    public bool IsIndex { get; init; } = Kind == PartKind.Index;

    public bool Names(string column) => Columns.Contains(column, StringComparer.Ordinal) || IsConditionOf(column);

    /// <summary>Whether its condition speaks of a column.</summary>
    public bool IsConditionOf(string column) => Condition is not null && SqlWords.Mentions(Condition, column);

    /// <summary>The definition with other columns in the place of some.</summary>
    public string DefinitionWith(IReadOnlyDictionary<string, string> columns) => SqlWords.Replace(Definition, columns);

    /// <summary>The parts of a table.</summary>
    public static IReadOnlyList<TablePart> Of(TableModel table) =>
    [
        .. table.Uniques.Select(static one => new TablePart(PartKind.Unique, one.Name, $"unique ({SqlName.List(one.Columns)})", one.Columns) { IsIndex = one.IsIndex }),
        .. table.Checks.Select(static one => new TablePart(PartKind.Check, one.Name, $"check ({one.Sql})", [], one.Sql)),
        .. table.Indexes.Select(static one => new TablePart(PartKind.Index, one.Name, DefinitionOf(one), one.Columns, one.Where)),
        .. table.ForeignKeys.Select(static one => new TablePart(
            PartKind.ForeignKey, one.Name, $"foreign key ({SqlName.Quote(one.Column)}) references {SqlName.Of(one.ToSchema, one.ToTable)} ({SqlName.Quote(one.ToColumn)})", [one.Column])),
    ];

    private static string DefinitionOf(IndexModel index)
    {
        var method = index.Method is null or "btree" ? "" : $"using {SqlName.Quote(index.Method)} ";
        return $"{method}({SqlName.List(index.Columns)}){(index.Where is null ? "" : " where " + index.Where)}";
    }
}
