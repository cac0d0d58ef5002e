using DualDb.Mapping;
using DualDb.Mapping.Wire;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>What is computed over many rows.</summary>
/// <param name="source">What it is computed from; null for the rows themselves.</param>
/// <param name="before">The SQL before the source's.</param>
/// <param name="after">The SQL after the source's.</param>
/// <param name="codec">How results travel.</param>
/// <param name="readCast">The cast by which Npgsql can read the result; none where it can anyway.</param>
/// <param name="rest">The function as PostgREST has it; null where it has none.</param>
/// <param name="combine">The result over all rows, of the results over two halves of them; null where it does not follow from them.</param>
internal sealed class AggregateOperand<TEntity, T>(
    Operand<TEntity>? source, string before, string after, ColumnCodec<T> codec, string readCast = "", string? rest = null, Func<T, T, T>? combine = null) : Operand<TEntity, T>(codec)
    where TEntity : class
{
    /// <summary>The select around rows whose first column is called <c>v</c>.</summary>
    public string Around => "select " + before + "v" + after + readCast;

    /// <summary>What it is computed from.</summary>
    public Operand<TEntity> Source => source!;

    internal override string Name => before + source?.Name + after;

    internal override bool IsNullable => true;

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Aggregate, before);
        shape.Write(source is null ? ShapeCodes.Absent : ShapeCodes.Present);
        source?.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        sql.Write(before);
        source?.WriteSql(sql);
        sql.Write(after);
    }

    internal override void WriteSelectSql(SqlWriter sql)
    {
        WriteSql(sql);
        sql.Write(readCast);
    }

    internal override void Bind(ParameterWriter parameters) => source?.Bind(parameters);

    internal override T Evaluate(TEntity row) => throw new NotSupportedException($"{Name} is computed over many rows, and has no value for one. Ask the database.");

    internal override string RestSelect
        => rest is null ? throw RestUnsupported.Of($"{Name} cannot be computed")
            : source is null ? rest : source.RestPath + "." + rest;

    internal override bool IsAggregate => true;

    internal override Func<T, T, T>? RestCombine => combine;

    // An average has as many digits as PostgreSQL thinks right, and is rounded in any case.
    internal override RowMember RestMember(string name)
        => rest switch
        {
            "sum()" => base.RestMember(name) with { Default = "0" },
            "avg()" => base.RestMember(name) with { Use = CellUse.Rounded },
            _ => base.RestMember(name),
        };
}
