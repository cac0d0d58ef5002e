using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>A column between two values, both included.</summary>
internal sealed class BetweenPredicate<TEntity, T>(Operand<TEntity, T> operand, T from, T to, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row)
    {
        var value = operand.Evaluate(row);
        var above = Comparison.Decide(operand.Codec, ComparisonOperator.GreaterOrEqual, value, from);
        var below = Comparison.Decide(operand.Codec, ComparisonOperator.LessOrEqual, value, to);
        return above is false || below is false ? false : above is null || below is null ? null : true;
    }

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Range);
        operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        var codec = operand.Codec;
        operand.WriteSql(sql);
        sql.Write(Comparison.Collation(codec, ComparisonOperator.Less)).Write(" between ").Parameter(codec.ComparisonCast).Write(" and ").Parameter(codec.ComparisonCast);
    }

    internal override void Bind(ParameterWriter parameters)
    {
        operand.Bind(parameters);
        parameters.Add(operand.Codec, from);
        parameters.Add(operand.Codec, to);
    }

    internal override void WriteRest(RestFilter rest)
        => rest.Join(isAnd: true, () =>
        {
            rest.Compare(operand.RestPath, "gte", RestColumnText.TextOf(operand.Codec, from));
            rest.Compare(operand.RestPath, "lte", RestColumnText.TextOf(operand.Codec, to));
        });
}
