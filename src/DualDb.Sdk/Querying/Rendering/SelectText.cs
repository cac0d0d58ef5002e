using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>A select, perhaps with another select around it.</summary>
internal sealed class SelectText<TEntity>(
    QueryFacts facts, QueryState<TEntity> state, Selection<TEntity> selection, Keyset<TEntity>? keyset = null, string? around = null, GroupClause<TEntity>? groups = null)
    : QueryText<TEntity>
    where TEntity : class
{
    public override void Bind(ParameterWriter parameters)
    {
        selection.Bind(parameters);
        state.Filter.Bind(parameters);
        keyset?.Bind(parameters);
        groups?.Bind(parameters);
        state.BindOrder(parameters);
        state.BindLimit(parameters);
    }

    protected override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Select, around ?? "");
        selection.WriteShape(ref shape);
        state.WriteShape(ref shape);
        shape.Write(groups is null ? ShapeCodes.Absent : ShapeCodes.Present);
        groups?.WriteShape(ref shape);
        shape.Write(keyset is null ? ShapeCodes.Absent : ShapeCodes.Present);
        keyset?.WriteShape(ref shape);
    }

    protected override void WriteSql(SqlWriter sql)
    {
        sql.Write(around is null ? "" : around + " from (").Write(state.IsDistinct ? "select distinct " : "select ");
        selection.WriteSql(sql, facts);
        sql.Write("\nfrom ").Write(facts.Table);
        state.WriteWhere(sql, facts, keyset);
        groups?.WriteSql(sql);
        state.WriteOrder(sql, facts);
        state.WriteLimit(sql);
        state.WriteLock(sql);
        sql.Write(around is null ? "" : ") as q");
    }
}
