using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>Makes the conditions behind the operators of a column.</summary>
internal static class Comparison
{
    public static Filter<TEntity> Equal<TEntity, T>(Column<TEntity, T> column, T value)
        where TEntity : class
        => value is null ? column.IsNull() : Of(column, ComparisonOperator.Equal, value);

    public static Filter<TEntity> NotEqual<TEntity, T>(Column<TEntity, T> column, T value)
        where TEntity : class
        => value is null ? column.IsNotNull() : Of(column, ComparisonOperator.NotEqual, value);

    public static Filter<TEntity> Of<TEntity, T>(Column<TEntity, T> column, ComparisonOperator comparison, T value)
        where TEntity : class
        => new ValueComparison<TEntity, T>(column.Operand, comparison, value, column.Member);

    public static Filter<TEntity> Of<TEntity, T>(Column<TEntity, T> left, ComparisonOperator comparison, Column<TEntity, T> right)
        where TEntity : class
        => new ColumnComparison<TEntity, T>(left.Operand, comparison, right.Operand, left.Member == right.Member ? left.Member : Filter<TEntity>.SeveralMembers);

    public static bool? Decide<T>(ColumnCodec<T> codec, ComparisonOperator comparison, T left, T right)
        => left is null || right is null ? null
            : comparison.Sorts() ? comparison.Accepts(codec.Compare(left, right))
            : codec.AreEqual(left, right) == (comparison == ComparisonOperator.Equal);

    /// <summary>What follows an operand that is sorted: the order of texts must not depend on the database.</summary>
    public static string Collation<T>(ColumnCodec<T> codec, ComparisonOperator comparison)
        => comparison.Sorts() && codec.IsCollated ? " collate \"C\"" : "";
}
