namespace DualDb.Mapping;

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>A value like any other.</summary>
    None,

    /// <summary>Part of the key.</summary>
    Key,

    /// <summary>The version of the row: <see cref="VersionAttribute"/>.</summary>
    Version,

    /// <summary>When the row was inserted: <see cref="CreatedAtAttribute"/>.</summary>
    CreatedAt,

    /// <summary>When the row was last written: <see cref="UpdatedAtAttribute"/>.</summary>
    UpdatedAt,

    /// <summary>Whether, or when, the row was marked deleted: <see cref="SoftDeleteAttribute"/>.</summary>
    SoftDelete,
}
