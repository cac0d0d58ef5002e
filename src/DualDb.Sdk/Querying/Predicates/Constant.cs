using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>What holds for every row, or for none.</summary>
internal sealed class Constant<TEntity>(bool value) : Filter<TEntity>(member: 0)
    where TEntity : class
{
    public bool Value => value;

    internal override bool? Decide(TEntity row) => value;

    internal override void WriteShape(ref ShapeWriter shape) => shape.Write(value ? ShapeCodes.True : ShapeCodes.False);

    internal override void WriteSql(SqlWriter sql) => sql.Write(value ? "true" : "false");

    internal override void Bind(ParameterWriter parameters)
    {
    }

    // Constants vanish where conditions are joined; one alone is no condition, or nothing is asked for.
    internal override void WriteRest(RestFilter rest)
    {
    }
}
