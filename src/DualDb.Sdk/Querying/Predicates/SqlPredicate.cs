using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>A condition in SQL of the user's.</summary>
internal sealed class SqlPredicate<TEntity>(IReadOnlyList<SqlPart<TEntity>> parts, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override int Depth { get; } = Nesting.Of(parts.Count == 0 ? 0 : parts.Max(static part => part.Depth));

    internal override bool? Decide(TEntity row)
        => throw new NotSupportedException("A condition in SQL of your own cannot be evaluated in memory. Ask the database, or write it with the operators of the columns.");

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.RawSql, parts.Count);
        foreach (var part in parts)
        {
            part.WriteShape(ref shape);
        }
    }

    internal override void WriteSql(SqlWriter sql)
    {
        sql.Write("(");
        foreach (var part in parts)
        {
            part.WriteSql(sql);
        }

        sql.Write(")");
    }

    internal override void Bind(ParameterWriter parameters)
    {
        foreach (var part in parts)
        {
            part.Bind(parameters);
        }
    }

    internal override void WriteRest(RestFilter rest) => throw RestUnsupported.Of("A condition in SQL of your own cannot be asked for");
}
