using System.Globalization;
using DualDb.Mapping;
using DualDb.Querying;
using DualDb.Rest;

namespace DualDb.Views;

/// <summary>The plan of a select in place of its rows.</summary>
internal sealed class ExplainText<TEntity>(QueryText<TEntity> select) : QueryText<TEntity>
    where TEntity : class
{
    public override void Bind(ParameterWriter parameters) => select.Bind(parameters);

    protected override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.Select, "explain" + select.Sql);

    protected override void WriteSql(SqlWriter sql) => sql.Write("explain (format json) ").Write(select.Sql);

    /// <summary>PostgREST shows no plans, but tells the planner's guess of the number of rows.</summary>
    public override async ValueTask<IReadOnlyList<TResult>> ReadAsync<TResult>(RestTable rest, Func<ResultRow, TResult> read, CancellationToken cancellationToken)
    {
        var rows = await rest.CountAsync(select.ToRest(rest.Columns), cancellationToken, isEstimate: true).ConfigureAwait(false);
        return [read(RestScalar.RowOf("[{\"Plan\":{\"Plan Rows\":" + rows.ToString(CultureInfo.InvariantCulture) + "}}]"))];
    }
}
