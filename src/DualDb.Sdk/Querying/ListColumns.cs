using System.Collections.Immutable;
using DualDb.Querying;

namespace DualDb;

/// <summary>Conditions on columns that hold lists: PostgreSQL's arrays. None is true where the list is NULL.</summary>
public static class ListColumns
{
// A list and one that may be null must both do, without a warning: the compiler is told nothing of null here.
#nullable disable
    /// <summary>The list has the value as an element. An index of the kind GIN makes it fast. NULL is in no list.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static Filter<TEntity> Has<TEntity, T>(this Column<TEntity, T[]> column, T value)
        where TEntity : class
        => HasAll(column, value);

    /// <inheritdoc cref="Has{TEntity, T}(Column{TEntity, T[]}, T)"/>
    public static Filter<TEntity> Has<TEntity, T>(this Column<TEntity, List<T>> column, T value)
        where TEntity : class
        => HasAll(column, value);

    /// <inheritdoc cref="Has{TEntity, T}(Column{TEntity, T[]}, T)"/>
    public static Filter<TEntity> Has<TEntity, T>(this Column<TEntity, IReadOnlyList<T>> column, T value)
        where TEntity : class
        => HasAll(column, value);

    /// <inheritdoc cref="Has{TEntity, T}(Column{TEntity, T[]}, T)"/>
    public static Filter<TEntity> Has<TEntity, T>(this Column<TEntity, ImmutableArray<T>> column, T value)
        where TEntity : class
        => HasAll(column, value);

    /// <inheritdoc cref="Has{TEntity, T}(Column{TEntity, T[]}, T)"/>
    public static Filter<TEntity> Has<TEntity, T>(this Column<TEntity, ImmutableArray<T>?> column, T value)
        where TEntity : class
        => HasAll(column, value);

    /// <summary>The list has every one of the values as an element. No values: true of every list that is not NULL.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public static Filter<TEntity> HasAll<TEntity, T>(this Column<TEntity, T[]> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Contains, values);

    /// <inheritdoc cref="HasAll{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> HasAll<TEntity, T>(this Column<TEntity, List<T>> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Contains, values);

    /// <inheritdoc cref="HasAll{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> HasAll<TEntity, T>(this Column<TEntity, IReadOnlyList<T>> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Contains, values);

    /// <inheritdoc cref="HasAll{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> HasAll<TEntity, T>(this Column<TEntity, ImmutableArray<T>> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Contains, values);

    /// <inheritdoc cref="HasAll{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> HasAll<TEntity, T>(this Column<TEntity, ImmutableArray<T>?> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Contains, values);

    /// <summary>The list and the values have an element in common. No values: false of every list that is not NULL.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    public static Filter<TEntity> Overlaps<TEntity, T>(this Column<TEntity, T[]> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Overlaps, values);

    /// <inheritdoc cref="Overlaps{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> Overlaps<TEntity, T>(this Column<TEntity, List<T>> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Overlaps, values);

    /// <inheritdoc cref="Overlaps{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> Overlaps<TEntity, T>(this Column<TEntity, IReadOnlyList<T>> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Overlaps, values);

    /// <inheritdoc cref="Overlaps{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> Overlaps<TEntity, T>(this Column<TEntity, ImmutableArray<T>> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Overlaps, values);

    /// <inheritdoc cref="Overlaps{TEntity, T}(Column{TEntity, T[]}, T[])"/>
    public static Filter<TEntity> Overlaps<TEntity, T>(this Column<TEntity, ImmutableArray<T>?> column, params T[] values)
        where TEntity : class
        => Compare(column, ArrayOperator.Overlaps, values);

    private static ArrayPredicate<TEntity, TList, T> Compare<TEntity, TList, T>(Column<TEntity, TList> column, ArrayOperator comparison, T[] values)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ArrayPredicate<TEntity, TList, T>(column.Operand, comparison, [.. values], column.Member);
    }
#nullable restore
}
