namespace DualDb.Migrations.Linting;

/// <summary>What a statement takes away that a database holds.</summary>
internal enum Loss
{
    /// <summary>Nothing, as far as its text tells.</summary>
    None,

    /// <summary>A table, a column, or what holds them.</summary>
    Object,

    /// <summary>All rows of a table.</summary>
    Rows,

    /// <summary>The values of a column in all rows of a table.</summary>
    Values,
}
