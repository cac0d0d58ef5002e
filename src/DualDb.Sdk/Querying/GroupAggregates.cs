using System.Numerics;
using DualDb.Querying;

namespace DualDb;

/// <summary>What can be computed over the rows of a group.</summary>
public static class GroupAggregates
{
    /// <summary>How many rows the group has.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TColumns">Its columns.</typeparam>
    /// <param name="group">The group.</param>
    public static Column<TEntity, long> Count<TEntity, TColumns>(this IGroup<TEntity, TColumns> group)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.Count<TEntity>());

    /// <summary>The sum of a column; 0 where all values are NULL.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TColumns">Its columns.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="group">The group.</param>
    /// <param name="column">The column.</param>
    public static Column<TEntity, T> Sum<TEntity, TColumns, T>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, T>> column)
        where TEntity : class
        where TColumns : struct
        where T : struct, INumber<T>
        => new(Aggregate.Sum(Of(column)));

    /// <inheritdoc cref="Sum{TEntity, TColumns, T}(IGroup{TEntity, TColumns}, Func{TColumns, Column{TEntity, T}})"/>
    public static Column<TEntity, T> Sum<TEntity, TColumns, T>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, T?>> column)
        where TEntity : class
        where TColumns : struct
        where T : struct, INumber<T>
        => new(Aggregate.Sum(Of(column)));

    /// <summary>The average of a column, rounded to 9 digits behind the point; NULL where all values are.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TColumns">Its columns.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="group">The group.</param>
    /// <param name="column">The column.</param>
    public static Column<TEntity, decimal?> Average<TEntity, TColumns, T>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, T>> column)
        where TEntity : class
        where TColumns : struct
        where T : struct, INumber<T>
        => new(Aggregate.Average(Of(column)));

    /// <inheritdoc cref="Average{TEntity, TColumns, T}(IGroup{TEntity, TColumns}, Func{TColumns, Column{TEntity, T}})"/>
    public static Column<TEntity, decimal?> Average<TEntity, TColumns, T>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, T?>> column)
        where TEntity : class
        where TColumns : struct
        where T : struct, INumber<T>
        => new(Aggregate.Average(Of(column)));

    /// <summary>The average of a column; NULL where all values are.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TColumns">Its columns.</typeparam>
    /// <param name="group">The group.</param>
    /// <param name="column">The column.</param>
    public static Column<TEntity, double?> Average<TEntity, TColumns>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, double>> column)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.AverageOfDoubles(Of(column)));

    /// <inheritdoc cref="Average{TEntity, TColumns}(IGroup{TEntity, TColumns}, Func{TColumns, Column{TEntity, double}})"/>
    public static Column<TEntity, double?> Average<TEntity, TColumns>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, double?>> column)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.AverageOfDoubles(Of(column)));

    /// <inheritdoc cref="Average{TEntity, TColumns}(IGroup{TEntity, TColumns}, Func{TColumns, Column{TEntity, double}})"/>
    public static Column<TEntity, double?> Average<TEntity, TColumns>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, float>> column)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.AverageOfDoubles(Of(column)));

    /// <inheritdoc cref="Average{TEntity, TColumns}(IGroup{TEntity, TColumns}, Func{TColumns, Column{TEntity, double}})"/>
    public static Column<TEntity, double?> Average<TEntity, TColumns>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, float?>> column)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.AverageOfDoubles(Of(column)));

    /// <summary>The least value of a column; NULL is no value.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TColumns">Its columns.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="group">The group.</param>
    /// <param name="column">The column.</param>
    public static Column<TEntity, T> Min<TEntity, TColumns, T>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, T>> column)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.Least(Of(column)));

    /// <summary>The greatest value of a column; NULL is no value.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TColumns">Its columns.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="group">The group.</param>
    /// <param name="column">The column.</param>
    public static Column<TEntity, T> Max<TEntity, TColumns, T>(this IGroup<TEntity, TColumns> group, Func<TColumns, Column<TEntity, T>> column)
        where TEntity : class
        where TColumns : struct
        => new(Aggregate.Greatest(Of(column)));

    private static Operand<TEntity, T> Of<TEntity, TColumns, T>(Func<TColumns, Column<TEntity, T>> column)
        where TEntity : class
        where TColumns : struct
    {
        ArgumentNullException.ThrowIfNull(column);
        return column(default).Operand;
    }
}
