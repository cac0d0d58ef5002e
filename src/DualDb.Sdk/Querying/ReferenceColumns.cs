namespace DualDb;

/// <summary>What columns of reference types can be taken for.</summary>
public static class ReferenceColumns
{
    /// <summary>The same column as one that may be NULL, to compare it with such a one.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, T?> AsNullable<TEntity, T>(this Column<TEntity, T> column)
        where TEntity : class
        where T : class
        => new(column.Operand!, column.Member);
}
