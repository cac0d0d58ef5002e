using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>A column against a list of values, none of them null: one array parameter, however long the list.</summary>
internal sealed class ListPredicate<TEntity, T>(Operand<TEntity, T> operand, List<T> values, bool isIn, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row)
    {
        var value = operand.Evaluate(row);
        return value is null ? null : values.Exists(candidate => operand.Codec.AreEqual(value, candidate)) == isIn;
    }

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.List, isIn ? 1 : 0);
        operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        operand.WriteSql(sql);
        sql.Write(isIn ? " = any(" : " <> all(").Parameter(operand.Codec.ComparisonCast is { } cast ? cast + "[]" : null).Write(")");
    }

    internal override void Bind(ParameterWriter parameters)
    {
        operand.Bind(parameters);
        parameters.AddMany(operand.Codec, values);
    }

    /// <summary>The texts of the values, which may be asked for in parts; null where the condition is no list of its own.</summary>
    internal override RestList? AsRestList() => isIn && !operand.Codec.IsCaseless && operand.Codec.Type != NpgsqlTypes.NpgsqlDbType.Numeric ? new RestList(operand.RestPath, RestColumnText.TextsOf(operand.Codec, values)) : null;

    internal override void WriteRest(RestFilter rest)
    {
        if (operand.IsForRestEqualityOnly && (!isIn || rest.IsWithinNegation))
        {
            throw RestUnsupported.Of($"{operand.Name}, a number or a truth value inside of JSON, cannot be compared by anything but == and In");
        }

        if (!isIn)
        {
            rest.Negate();
        }

        rest.In(operand.RestPath, RestColumnText.TextsOf(operand.Codec, values));
    }
}
