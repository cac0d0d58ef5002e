using DualDb.Rest;

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

    internal override void WriteRest(RestFilter rest)
    {
        if (operand.IsForRestEqualityOnly && (comparison != ComparisonOperator.Equal || rest.IsWithinNegation))
        {
            throw RestUnsupported.Of($"{operand.Name}, a number or a truth value inside of JSON, cannot be compared by anything but ==");
        }

        if (value is null)
        {
            // Compared with NULL nothing is known, and no row is found; PostgREST has no way to say so.
            throw RestUnsupported.Of($"{operand.Name} cannot be compared with null by an order");
        }

        rest.Compare(operand.RestPath, comparison.Rest(), RestColumnText.TextOf(operand.Codec, value));
    }
}
