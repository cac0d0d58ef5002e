namespace DualDb.Generators.Model;

/// <summary>One mapped member.</summary>
internal sealed record ColumnSpec
{
    public required int Ordinal { get; init; }

    /// <summary>The property's name, without <c>@</c>.</summary>
    public required string Member { get; init; }

    /// <summary>The column, as PostgreSQL spells it, not quoted.</summary>
    public required string Name { get; init; }

    /// <summary>The member's type with <c>global::</c>, as declared, with <c>?</c> where it is nullable.</summary>
    public required string MemberType { get; init; }

    /// <summary>The member's type without the outer <c>?</c>.</summary>
    public required string NotNullType { get; init; }

    /// <summary>Whether the column accepts NULL.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Whether the type without <c>?</c> is a value type.</summary>
    public required bool IsValueType { get; init; }

    public required CollectionKind Collection { get; init; }

    /// <summary>Whether elements of the collection may be null.</summary>
    public required bool ElementIsNullable { get; init; }

    /// <summary>The value itself, or one element of the collection.</summary>
    public required ScalarSpec Scalar { get; init; }

    /// <summary>The column's type as a table declares it.</summary>
    public required string PostgresType { get; init; }

    public required ColumnRole Role { get; init; }

    /// <summary>Whether only code inside the entity can read the member.</summary>
    public required bool GetterIsPrivate { get; init; }

    /// <summary>Whether the type can be named wherever the entity can.</summary>
    public required bool TypeIsAsVisibleAsEntity { get; init; }

    /// <summary>What the column holds where nothing is said, as SQL of the user; null for none.</summary>
    public string? DefaultSql { get; init; }

    /// <summary>The remark that the database keeps; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>What the column was called before; null where it was not renamed.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>Whether nobody but the application is shown its values.</summary>
    public bool IsSensitive { get; init; }

    public bool IsCollection => Collection != CollectionKind.None;
}
