using DualDb.Querying;

namespace DualDb;

/// <summary>A query over groups of rows. Immutable, as <see cref="Query{TEntity, TColumns, TChanges, TTransaction}"/> is.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TGroup">What a group has.</typeparam>
public sealed partial class GroupedQuery<TEntity, TGroup>
    where TEntity : class
    where TGroup : struct
{
    private readonly QuerySource<TEntity> _source;
    private readonly QueryState<TEntity> _state;
    private readonly IReadOnlyList<Operand<TEntity>> _keys;
    private readonly Filter<TEntity> _having;
    private readonly TGroup _group;

    internal GroupedQuery(
        QuerySource<TEntity> source, QueryState<TEntity> state, IReadOnlyList<Operand<TEntity>> keys, Filter<TEntity> having, TGroup group)
    {
        _source = source;
        _state = state;
        _keys = keys;
        _having = having;
        _group = group;
    }

    /// <summary>Keeps the groups that meet a condition: <c>g => g.Count() > 10</c>.</summary>
    /// <param name="filter">The condition.</param>
    public GroupedQuery<TEntity, TGroup> Having(Func<TGroup, Filter<TEntity>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new(_source, _state, _keys, _having & filter(_group), _group);
    }

    /// <summary>Orders the groups, ascending. Replaces the order before.</summary>
    /// <typeparam name="T">The type ordered by.</typeparam>
    /// <param name="value">The key or an aggregate.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public GroupedQuery<TEntity, TGroup> OrderBy<T>(Func<TGroup, Column<TEntity, T>> value, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [Term(value, isDescending: false, nulls)] });

    /// <summary>Orders the groups, descending. Replaces the order before.</summary>
    /// <typeparam name="T">The type ordered by.</typeparam>
    /// <param name="value">The key or an aggregate.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public GroupedQuery<TEntity, TGroup> OrderByDescending<T>(Func<TGroup, Column<TEntity, T>> value, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [Term(value, isDescending: true, nulls)] });

    /// <summary>Orders groups that are alike so far, ascending.</summary>
    /// <typeparam name="T">The type ordered by.</typeparam>
    /// <param name="value">The key or an aggregate.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public GroupedQuery<TEntity, TGroup> ThenBy<T>(Func<TGroup, Column<TEntity, T>> value, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [.. _state.Order, Term(value, isDescending: false, nulls)] });

    /// <summary>Orders groups that are alike so far, descending.</summary>
    /// <typeparam name="T">The type ordered by.</typeparam>
    /// <param name="value">The key or an aggregate.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public GroupedQuery<TEntity, TGroup> ThenByDescending<T>(Func<TGroup, Column<TEntity, T>> value, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [.. _state.Order, Term(value, isDescending: true, nulls)] });

    /// <summary>At most so many groups.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public GroupedQuery<TEntity, TGroup> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return With(_state with { Take = Math.Min(count, _state.Take ?? count) });
    }

    private GroupedQuery<TEntity, TGroup> With(QueryState<TEntity> state) => new(_source, state, _keys, _having, _group);

    private OrderTerm<TEntity, T> Term<T>(Func<TGroup, Column<TEntity, T>> value, bool isDescending, Nulls nulls)
        => new(Operand(value), isDescending, nulls);
}
