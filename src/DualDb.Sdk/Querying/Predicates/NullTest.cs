using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>Whether a column is NULL: always known.</summary>
internal sealed class NullTest<TEntity>(Operand<TEntity> operand, bool isNull, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row) => operand.IsNull(row) == isNull;

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.NullTest, isNull ? 1 : 0);
        operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        operand.WriteSql(sql);
        sql.Write(isNull ? " is null" : " is not null");
    }

    internal override void Bind(ParameterWriter parameters) => operand.Bind(parameters);

    internal override void WriteRest(RestFilter rest)
    {
        if (operand.IsForRestEqualityOnly)
        {
            throw RestUnsupported.Of($"{operand.Name}, a number or a truth value inside of JSON, cannot be compared with null");
        }

        if (!isNull)
        {
            rest.Negate();
        }

        rest.Is(operand.RestPath, "null");
    }
}
