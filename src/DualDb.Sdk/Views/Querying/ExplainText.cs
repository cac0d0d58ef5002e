using DualDb.Querying;

namespace DualDb.Views;

/// <summary>The plan of a select in place of its rows.</summary>
internal sealed class ExplainText<TEntity>(QueryText<TEntity> select) : QueryText<TEntity>
    where TEntity : class
{
    public override void Bind(ParameterWriter parameters) => select.Bind(parameters);

    protected override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.Select, "explain" + select.Sql);

    protected override void WriteSql(SqlWriter sql) => sql.Write("explain (format json) ").Write(select.Sql);
}
