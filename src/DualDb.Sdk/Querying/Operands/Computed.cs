using DualDb.Mapping;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>Makes columns that are computed from others.</summary>
internal static class Computed
{
    /// <summary>Texts that are computed. What they are compared with is checked as a column's values are, under the only name there is.</summary>
    public static readonly ColumnCodec<string> TextCodec =
        ColumnCodec.Of<string, string>(NpgsqlDbType.Text, static value => ColumnValue.Text(value, "(computed)"), static wire => wire);

    private static readonly ColumnCodec<int?> NumberCodec = ColumnCodec.OrNull(ColumnCodec.Plain<int>(NpgsqlDbType.Integer));

    public static Column<TEntity, string> Text<TEntity>(Column<TEntity, string> source, string function, Func<string, string> compute)
        where TEntity : class
        => new(new ComputedOperand<TEntity, string, string>(source.Operand, function, function + "(", ")", TextCodec, compute), source.Member);

    public static Column<TEntity, int?> Number<TEntity, TSource>(Column<TEntity, TSource> source, string name, string before, string after, Func<TSource, int?> compute)
        where TEntity : class
        => new(new ComputedOperand<TEntity, TSource, int?>(source.Operand, name, before, after, NumberCodec, compute), source.Member);

    public static Column<TEntity, T> Of<TEntity, TSource, T>(
        Column<TEntity, TSource> source, string name, string before, string after, ColumnCodec<T> codec, Func<TSource, T> compute)
        where TEntity : class
        => new(new ComputedOperand<TEntity, TSource, T>(source.Operand, name, before, after, codec, compute), source.Member);
}
