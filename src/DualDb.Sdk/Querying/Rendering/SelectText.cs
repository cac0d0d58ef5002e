using DualDb.Mapping;
using DualDb.Rest;

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

    public override RestSelect ToRest(RestColumns columns)
        => ToRest(columns, mayPart: groups is null && selection is not OperandSelection<TEntity> { IsAggregate: true } && state.MayBeParted);

    private RestSelect ToRest(RestColumns columns, bool mayPart)
    {
        var select = state.WriteRest(selection.ToRest(columns) with { IsDistinct = state.IsDistinct }, columns, facts, keyset, mayPart);
        return groups is not null ? groups.WriteRest(select, state)
            : selection is OperandSelection<TEntity> { IsAggregate: true } ? select with { Order = null }
            : select;
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<TResult>> ReadAsync<TResult>(RestTable rest, Func<ResultRow, TResult> read, CancellationToken cancellationToken)
    {
        if (around is null && selection is not FixedSelection<TEntity>)
        {
            return Combined<TResult>() is not { } combine
                ? await base.ReadAsync(rest, read, cancellationToken).ConfigureAwait(false)
                : [ProjectedRow.Combine(rest.Entity, await rest.ListAsync(ToRest(rest.Columns, mayPart: true), read, cancellationToken).ConfigureAwait(false), combine)];
        }

        var select = ToRest(rest.Columns, mayPart: groups is null && (!state.IsDistinct || state.MayBeParted));
        return [read(RestScalar.RowOf(await CountAsync(rest, select, cancellationToken).ConfigureAwait(false)))];
    }

    // What one aggregate over the rows of several requests is, where that follows from what it is over the rows of each.
    private Func<TResult, TResult, TResult>? Combined<TResult>()
        => groups is null && selection is OperandSelection<TEntity> { Operands: [Operand<TEntity, TResult> only] } ? only.RestCombine : null;

    // Only counts are put around other selects, but for aggregates, which a limited selection refuses by itself.
    private async ValueTask<long> CountAsync(RestTable rest, RestSelect select, CancellationToken cancellationToken)
    {
        if (state.IsDistinct || groups is not null)
        {
            return (await rest.ListAsync(select, static _ => true, cancellationToken).ConfigureAwait(false)).Count;
        }

        if (state is { Take: 1, Skip: null })
        {
            var one = select with { Select = rest.Columns.KeySelect, Shape = rest.Columns.KeyShape };
            return (await rest.ListAsync(one, static _ => true, cancellationToken).ConfigureAwait(false)).Count;
        }

        var total = await rest.CountAsync(select, cancellationToken).ConfigureAwait(false);
        return Math.Min(Math.Max(total - (state.Skip ?? 0), 0), state.Take ?? long.MaxValue);
    }
}
