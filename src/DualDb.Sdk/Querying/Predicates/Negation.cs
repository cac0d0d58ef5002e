using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>The opposite of a condition; unknown stays unknown.</summary>
internal sealed class Negation<TEntity> : Filter<TEntity>
    where TEntity : class
{
    private readonly Filter<TEntity> _operand;

    private Negation(Filter<TEntity> operand)
        : base(operand.Member)
    {
        _operand = operand;
        Depth = Nesting.Of(operand.Depth);
    }

    internal override int Depth { get; }

    public static Filter<TEntity> Of(Filter<TEntity> operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        return operand switch
        {
            Constant<TEntity> constant => constant.Value ? None : All,
            Negation<TEntity> negation => negation._operand,
            _ => new Negation<TEntity>(operand),
        };
    }

    internal override bool? Decide(TEntity row) => !_operand.Decide(row);

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Not);
        _operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        sql.Write("not (");
        _operand.WriteSql(sql);
        sql.Write(")");
    }

    internal override void Bind(ParameterWriter parameters) => _operand.Bind(parameters);

    internal override void WriteRest(RestFilter rest) => rest.Opposite(() => _operand.WriteRest(rest));
}
