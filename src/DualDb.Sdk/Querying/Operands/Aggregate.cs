using System.Numerics;
using DualDb.Mapping;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>Makes aggregates.</summary>
internal static class Aggregate
{
    private static readonly ColumnCodec<long> CountCodec = ColumnCodec.Plain<long>(NpgsqlDbType.Bigint);
    private static readonly ColumnCodec<decimal?> AverageCodec = ColumnCodec.OrNull(
        ColumnCodec.Of<decimal, decimal>(NpgsqlDbType.Numeric, static value => value, static wire => Math.Round(wire, 9) / 1.0000000000000000000000000000m));
    private static readonly ColumnCodec<double?> DoubleCodec = ColumnCodec.OrNull(ColumnCodec.Plain<double>(NpgsqlDbType.Double));

    public static Operand<TEntity, long> Count<TEntity>()
        where TEntity : class
        => new AggregateOperand<TEntity, long>(source: null, "count(*", ")", CountCodec, rest: "count()");

    public static Operand<TEntity, T> Sum<TEntity, T>(Operand<TEntity, T> source)
        where TEntity : class
        where T : struct, INumber<T>
        => new AggregateOperand<TEntity, T>(source, "coalesce(sum(", "), 0)", SumCodec.Of(source.Codec), rest: "sum()", combine: Adding<T>(source.Codec.Type));

    public static Operand<TEntity, T> Sum<TEntity, T>(Operand<TEntity, T?> source)
        where TEntity : class
        where T : struct, INumber<T>
        => new AggregateOperand<TEntity, T>(source, "coalesce(sum(", "), 0)", SumCodec.Of<T>(source.Codec.Type), rest: "sum()", combine: Adding<T>(source.Codec.Type));

    // .NET's decimal has 28 digits: 9 behind the point leave the 19 that a bigint has.
    public static Operand<TEntity, decimal?> Average<TEntity>(Operand<TEntity> source)
        where TEntity : class
        => new AggregateOperand<TEntity, decimal?>(source, "trim_scale(round(avg(", ")::numeric, 9))", AverageCodec, rest: "avg()");

    // As a double, which NaN and what is too large for a decimal fit into.
    public static Operand<TEntity, double?> AverageOfDoubles<TEntity>(Operand<TEntity> source)
        where TEntity : class
        => new AggregateOperand<TEntity, double?>(source, "avg(", ")::double precision", DoubleCodec, rest: "avg()");

    public static Operand<TEntity, T> Least<TEntity, T>(Operand<TEntity, T> source)
        where TEntity : class
        => new AggregateOperand<TEntity, T>(source, "min(", ")", source.Codec, ReadCast(source.Codec), rest: "min()", Choosing(source.Codec, sign: 1));

    public static Operand<TEntity, T> Greatest<TEntity, T>(Operand<TEntity, T> source)
        where TEntity : class
        => new AggregateOperand<TEntity, T>(source, "max(", ")", source.Codec, ReadCast(source.Codec), rest: "max()", Choosing(source.Codec, sign: -1));

    // Floating numbers depend on the order in which they are added up.
    private static Func<T, T, T>? Adding<T>(NpgsqlDbType type)
        where T : struct, INumber<T>
        => type is NpgsqlDbType.Real or NpgsqlDbType.Double ? null : static (left, right) => checked(left + right);

    // Collations are known to PostgreSQL alone.
    private static Func<T, T, T>? Choosing<T>(ColumnCodec<T> codec, int sign)
        => codec.IsCollated ? null : (left, right) => left is null ? right : right is null || sign * codec.Compare(left, right) <= 0 ? left : right;

    // What the type of the column is cast to for Npgsql to read it, as the select list of the entity does.
    private static string ReadCast<T>(ColumnCodec<T> codec) => codec.Cast is null ? "" : codec.Type switch
    {
        NpgsqlDbType.Text => "::text",
        NpgsqlDbType.Smallint => "::smallint",
        NpgsqlDbType.Integer => "::integer",
        NpgsqlDbType.Bigint => "::bigint",
        NpgsqlDbType.Numeric => "::numeric",
        _ => "",
    };
}
