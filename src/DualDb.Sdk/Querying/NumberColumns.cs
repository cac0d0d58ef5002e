using System.Numerics;
using DualDb.Mapping;
using DualDb.Querying;
using NpgsqlTypes;

namespace DualDb;

/// <summary>Whole numbers in wider types, for sums that do not fit into the column's own.</summary>
public static class NumberColumns
{
    private static readonly ColumnCodec<long?> LongCodec = ColumnCodec.OrNull(ColumnCodec.Plain<long>(NpgsqlDbType.Bigint));
    private static readonly ColumnCodec<decimal?> DecimalCodec = ColumnCodec.OrNull(ColumnCodec.Plain<decimal>(NpgsqlDbType.Numeric));

    /// <summary>The number as a <see cref="long"/>: <c>SumAsync(o => o.Quantity.ToInt64())</c>.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, long?> ToInt64<TEntity, T>(this Column<TEntity, T> column)
        where TEntity : class
        where T : struct, IBinaryInteger<T>
        => Computed.Of(column, "int8", "(", ")::bigint", LongCodec, static value => (long?)long.CreateChecked(value));

    /// <inheritdoc cref="ToInt64{TEntity, T}(Column{TEntity, T})"/>
    public static Column<TEntity, long?> ToInt64<TEntity, T>(this Column<TEntity, T?> column)
        where TEntity : class
        where T : struct, IBinaryInteger<T>
        => Computed.Of(column, "int8", "(", ")::bigint", LongCodec, static value => (long?)long.CreateChecked(value!.Value));

    /// <summary>The number as a <see cref="decimal"/>: <c>SumAsync(o => o.Views.ToDecimal())</c>.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, decimal?> ToDecimal<TEntity, T>(this Column<TEntity, T> column)
        where TEntity : class
        where T : struct, IBinaryInteger<T>
        => Computed.Of(column, "numeric", "(", ")::numeric", DecimalCodec, static value => (decimal?)decimal.CreateChecked(value));

    /// <inheritdoc cref="ToDecimal{TEntity, T}(Column{TEntity, T})"/>
    public static Column<TEntity, decimal?> ToDecimal<TEntity, T>(this Column<TEntity, T?> column)
        where TEntity : class
        where T : struct, IBinaryInteger<T>
        => Computed.Of(column, "numeric", "(", ")::numeric", DecimalCodec, static value => (decimal?)decimal.CreateChecked(value!.Value));
}
