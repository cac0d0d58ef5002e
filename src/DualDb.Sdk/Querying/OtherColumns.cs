using DualDb.Querying;

namespace DualDb;

/// <summary>Conditions on columns of truth values and on columns that accept NULL.</summary>
public static class OtherColumns
{
    /// <summary>The column is true. Unlike <c>== true</c> it is false, and not unknown, of NULL.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> IsTrue<TEntity>(this Column<TEntity, bool> column)
        where TEntity : class
        => column == true;

    /// <inheritdoc cref="IsTrue{TEntity}(Column{TEntity, bool})"/>
    public static Filter<TEntity> IsTrue<TEntity>(this Column<TEntity, bool?> column)
        where TEntity : class
        => column == true & column.IsNotNull();

    /// <summary>The column is false. Unlike <c>== false</c> it is false, and not unknown, of NULL.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Filter<TEntity> IsFalse<TEntity>(this Column<TEntity, bool> column)
        where TEntity : class
        => column == false;

    /// <inheritdoc cref="IsFalse{TEntity}(Column{TEntity, bool})"/>
    public static Filter<TEntity> IsFalse<TEntity>(this Column<TEntity, bool?> column)
        where TEntity : class
        => column == false & column.IsNotNull();

    /// <summary>The column has one of these values. No values: nothing matches.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public static Filter<TEntity> In<TEntity, T>(this Column<TEntity, T?> column, IEnumerable<T> values)
        where TEntity : class
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(values);
        return column.In(values.Select(static value => (T?)value));
    }

    /// <summary>The column has none of these values. No values: everything matches. Not true of NULL unless there are no values.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public static Filter<TEntity> NotIn<TEntity, T>(this Column<TEntity, T?> column, IEnumerable<T> values)
        where TEntity : class
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(values);
        return column.NotIn(values.Select(static value => (T?)value));
    }

    /// <summary>The same column as one that may be NULL, to compare it with such a one.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, T?> AsNullable<TEntity, T>(this Column<TEntity, T> column)
        where TEntity : class
        where T : struct
        => new(new NullableOperand<TEntity, T>(column.Operand), column.Member);
}
