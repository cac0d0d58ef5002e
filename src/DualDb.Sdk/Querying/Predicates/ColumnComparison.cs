using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>A column against another of the same row.</summary>
internal sealed class ColumnComparison<TEntity, T>(Operand<TEntity, T> left, ComparisonOperator comparison, Operand<TEntity, T> right, int member)
    : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row) => Comparison.Decide(left.Codec, comparison, left.Evaluate(row), right.Evaluate(row));

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.ColumnComparison, (int)comparison);
        left.WriteShape(ref shape);
        right.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        left.WriteSql(sql);
        right.WriteSql(sql.Write(Comparison.Collation(left.Codec, comparison)).Write(comparison.Sql()));

        // The left column's type is the one that decides, as it is in memory.
        if (left.Codec.Cast is { } cast && !string.Equals(cast, right.Codec.Cast, StringComparison.Ordinal))
        {
            sql.Write("::").Write(cast);
        }
    }

    internal override void Bind(ParameterWriter parameters)
    {
        left.Bind(parameters);
        right.Bind(parameters);
    }

    internal override void WriteRest(RestFilter rest)
        => throw RestUnsupported.Of($"{left.Name} cannot be compared with {right.Name}, a column with another,");
}
