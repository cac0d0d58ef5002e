namespace DualDb.Querying;

/// <summary>A column against a value that is not null unless an order is asked for.</summary>
internal sealed class ValueComparison<TEntity, T>(Operand<TEntity, T> operand, ComparisonOperator comparison, T value, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row) => Comparison.Decide(operand.Codec, comparison, operand.Evaluate(row), value);

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Comparison, (int)comparison);
        operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        operand.WriteSql(sql);
        sql.Write(Comparison.Collation(operand.Codec, comparison)).Write(comparison.Sql()).Parameter(operand.Codec.ComparisonCast);
    }

    internal override void Bind(ParameterWriter parameters)
    {
        operand.Bind(parameters);
        parameters.Add(operand.Codec, value);
    }
}
