namespace DualDb.Mapping;

/// <summary>What is known of an entity at compile time, for messages, traces and tools.</summary>
/// <param name="Name">The entity's type name, without its namespace.</param>
/// <param name="Database">Where it is stored.</param>
/// <param name="Schema">The schema of its table.</param>
/// <param name="Table">Its table, without the schema.</param>
/// <param name="Columns">Its columns, in the order in which every select lists them.</param>
public sealed record EntityInfo(string Name, Database Database, string Schema, string Table, IReadOnlyList<ColumnInfo> Columns)
{
    /// <summary>The columns of the key, in the order of its parts. Unless said otherwise those with <see cref="ColumnRole.Key"/>.</summary>
    public IReadOnlyList<string> Key { get; init; } = [.. Columns.Where(static column => column.Role == ColumnRole.Key).Select(static column => column.Name)];
}

/// <summary>A mapped column.</summary>
/// <param name="Name">The column, as PostgreSQL spells it.</param>
/// <param name="Member">The property that holds its value.</param>
/// <param name="PostgresType">Its PostgreSQL type.</param>
/// <param name="IsNullable">Whether the property accepts null.</param>
/// <param name="Role">What the column is for.</param>
public sealed record ColumnInfo(string Name, string Member, string PostgresType, bool IsNullable, ColumnRole Role = ColumnRole.None);
