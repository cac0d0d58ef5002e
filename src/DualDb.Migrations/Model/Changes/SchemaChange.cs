namespace DualDb.Migrations.Model.Changes;

/// <summary>One step from one schema to another.</summary>
internal abstract record SchemaChange(Database Database)
{
    /// <summary>Whether what is lost cannot be brought back.</summary>
    public virtual bool IsDestructive => false;
}

/// <summary>A step of an enum type.</summary>
internal abstract record EnumChange(EnumModel Type) : SchemaChange(Type.Database);

internal sealed record EnumCreated(EnumModel Type) : EnumChange(Type);

/// <summary>Values are added, and none is lost or moved.</summary>
internal sealed record EnumExtended(EnumModel From, EnumModel Type) : EnumChange(Type);

/// <summary>Values are lost or moved: the type has to be made anew.</summary>
internal sealed record EnumRebuilt(EnumModel From, EnumModel Type, IReadOnlyList<(TableModel Table, ColumnModel Column)> Columns) : EnumChange(Type)
{
    public override bool IsDestructive => true;
}

internal sealed record EnumDropped(EnumModel Type) : EnumChange(Type)
{
    public override bool IsDestructive => true;
}

/// <summary>A step of a table, as it is afterwards; of one that is dropped, as it was.</summary>
internal abstract record TableChange(TableModel Table) : SchemaChange(Table.Database);

internal sealed record TableCreated(TableModel Table, bool IsCaptured) : TableChange(Table)
{
    /// <summary>The table of the other database whose rows come here; null where it begins empty.</summary>
    public TableModel? MovedFrom { get; init; }
}

internal sealed record TableDropped(TableModel Table) : TableChange(Table)
{
    /// <summary>The table of the other database that its rows go to; null where they are lost.</summary>
    public TableModel? MovedTo { get; init; }

    public override bool IsDestructive => true;
}

internal sealed record TableRenamed(TableModel From, TableModel Table) : TableChange(Table);

/// <summary>The remark of a table, or of one of its columns, changes.</summary>
internal sealed record CommentChanged(TableModel Table, string? Column, string? From, string? To) : TableChange(Table);

internal sealed record PrimaryKeyChanged(TableModel From, TableModel Table) : TableChange(Table)
{
    public override bool IsDestructive => true;
}

/// <summary>Its changes are captured from now on.</summary>
internal sealed record CaptureAdded(TableModel Table) : TableChange(Table);

/// <summary>A step of a column, as it is afterwards; of one that is dropped, as it was.</summary>
internal abstract record ColumnChange(TableModel Table, ColumnModel Column) : TableChange(Table);

internal sealed record ColumnAdded(TableModel Table, ColumnModel Column) : ColumnChange(Table, Column);

internal sealed record ColumnDropped(TableModel Table, ColumnModel Column) : ColumnChange(Table, Column)
{
    public override bool IsDestructive => true;
}

internal sealed record ColumnRenamed(TableModel Table, ColumnModel Column, string From) : ColumnChange(Table, Column);

/// <summary>The type changes, and with it whatever else changes of the column.</summary>
internal sealed record TypeChanged(TableModel Table, ColumnModel Column, ColumnModel From) : ColumnChange(Table, Column)
{
    public override bool IsDestructive => !IsWidened;

    /// <summary>Whether PostgreSQL changes only the catalogue.</summary>
    public bool IsWidened => TypeText.IsWidened(From.Type, Column.Type);

    /// <summary>Whether it has to be changed where it is: it is part of a key, which others refer to, or numbered.</summary>
    public bool IsInPlace => IsWidened || Column.IsIdentity || From.IsIdentity || Table.PrimaryKey.Contains(Column.Name, StringComparer.Ordinal)
        || Table.ForeignKeys.Any(key => string.Equals(key.Column, Column.Name, StringComparison.Ordinal));

    /// <summary>Whether another column takes its place.</summary>
    public bool IsReplaced => !IsInPlace;
}

internal sealed record NullabilityChanged(TableModel Table, ColumnModel Column) : ColumnChange(Table, Column);

internal sealed record DefaultChanged(TableModel Table, ColumnModel Column, string? From) : ColumnChange(Table, Column);

internal sealed record IdentityChanged(TableModel Table, ColumnModel Column) : ColumnChange(Table, Column);

/// <summary>A step of an index or a constraint.</summary>
internal abstract record PartChange(TableModel Table, TablePart Part) : TableChange(Table);

/// <param name="Table">The table.</param>
/// <param name="Part">The part.</param>
/// <param name="Replaces">The one of the same name that is dropped for it; null for none.</param>
internal sealed record PartAdded(TableModel Table, TablePart Part, TablePart? Replaces) : PartChange(Table, Part);

internal sealed record PartDropped(TableModel Table, TablePart Part) : PartChange(Table, Part);

internal sealed record PartRenamed(TableModel Table, TablePart Part, string From) : PartChange(Table, Part);
