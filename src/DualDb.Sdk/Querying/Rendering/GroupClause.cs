using System.Globalization;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>What rows are grouped by, and which groups stay.</summary>
internal sealed class GroupClause<TEntity>(IReadOnlyList<Operand<TEntity>> keys, Filter<TEntity> having)
    where TEntity : class
{
    private bool HasCondition => having is not Constant<TEntity> { Value: true };

    public void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Group, keys.Count);
        foreach (var key in keys)
        {
            key.WriteShape(ref shape);
        }

        having.WriteShape(ref shape);
    }

    public void WriteSql(SqlWriter sql)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            keys[i].WriteSql(sql.Write(i == 0 ? "\ngroup by " : ", "));
        }

        if (HasCondition)
        {
            having.WriteSql(sql.Write("\nhaving "));
        }
    }

    public void Bind(ParameterWriter parameters)
    {
        foreach (var key in keys)
        {
            key.Bind(parameters);
        }

        if (HasCondition)
        {
            having.Bind(parameters);
        }
    }

    /// <summary>The same over REST, where rows are grouped by what is selected besides aggregates.</summary>
    public RestSelect WriteRest(RestSelect select, QueryState<TEntity> state)
    {
        if (HasCondition)
        {
            throw RestUnsupported.Of("Groups cannot be chosen by Having");
        }

        // Rows are grouped by what is selected, so that keys which are not are selected as well, and passed over.
        var more = keys.Select(static (key, index) => string.Create(CultureInfo.InvariantCulture, $",key{index}:{key.RestPath}"));
        return select with { Select = select.Select + string.Concat(more), Order = OrderOf(state) };
    }

    // Without an order of its own an answer that is cut off could not be gone on with.
    private string OrderOf(QueryState<TEntity> state)
        => string.Join(',', state.Order.Count == 0 ? keys.Select(static key => key.RestPath) : state.Order.Select(static term => term.Rest));
}
