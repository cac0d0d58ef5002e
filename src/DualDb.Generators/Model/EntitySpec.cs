namespace DualDb.Generators.Model;

/// <summary>One entity: all that its generated files depend on.</summary>
internal sealed record EntitySpec
{
    public required EmissionLevel Level { get; init; }

    public required TypeSpec Type { get; init; }

    public required DatabaseKind Database { get; init; }

    /// <summary>The schema, as PostgreSQL spells it, not quoted.</summary>
    public required string Schema { get; init; }

    /// <summary>The table, as PostgreSQL spells it, not quoted.</summary>
    public required string Table { get; init; }

    /// <summary>The name of the repository property on a root.</summary>
    public required string Set { get; init; }

    /// <summary>The columns, in the order of the select list.</summary>
    public required EquatableArray<ColumnSpec> Columns { get; init; }

    /// <summary>The ordinals of the key's columns, in the order of the key. Empty only in a skeleton.</summary>
    public required EquatableArray<int> Key { get; init; }

    /// <summary>Whether the database makes the key.</summary>
    public required bool KeyIsGenerated { get; init; }

    /// <summary>How an instance is made; null only in a skeleton.</summary>
    public required ConstructionSpec? Construction { get; init; }

    /// <summary>How rows are cached; null where they are not.</summary>
    public required CacheSpec? Cache { get; init; }

    public required EquatableArray<ReferenceSpec> References { get; init; }

    public required EquatableArray<ColumnGroupSpec> Uniques { get; init; }

    public required EquatableArray<ColumnGroupSpec> Indexes { get; init; }

    public EquatableArray<CheckSpec> Checks { get; init; }

    /// <summary>The remark that the database keeps; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>What the table was called before; null where it was not renamed.</summary>
    public string? RenamedFrom { get; init; }
}
