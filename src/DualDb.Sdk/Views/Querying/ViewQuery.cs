using DualDb.Mapping;
using DualDb.Querying;
using DualDb.Views;
using Npgsql;

namespace DualDb;

/// <summary>
/// A query over a view: an immutable description. Conditions on its members are first turned into one on its root, the selective side first;
/// the root's rows are then read, and everything else as for any view. Nothing is sent before a method that ends in <c>Async</c> is called.
/// </summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TRoot">The entity of its root member.</typeparam>
/// <typeparam name="TColumns">The columns of that.</typeparam>
/// <typeparam name="TSelf">The generated query.</typeparam>
public abstract partial class ViewQuery<TView, TRoot, TColumns, TSelf>
    where TView : class
    where TRoot : class
    where TColumns : struct, IColumns<TRoot>
    where TSelf : ViewQuery<TView, TRoot, TColumns, TSelf>
{
    private readonly ViewQueryState<TView, TRoot> _state;

    /// <summary>Creates the query; for generated code.</summary>
    /// <param name="state">What was asked.</param>
    protected ViewQuery(ViewQueryState<TView, TRoot> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
    }

    /// <summary>Orders by a column of the root, ascending. Replaces the order before. Without any, views come in the order of their keys.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column: <c>u => u.City</c>.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public TSelf OrderBy<T>(Func<TColumns, Column<TRoot, T>> column, Nulls nulls = Nulls.Default)
        => Create(_state with { Order = [Term(column, isDescending: false, nulls)] });

    /// <summary>Orders by a column of the root, descending. Replaces the order before.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public TSelf OrderByDescending<T>(Func<TColumns, Column<TRoot, T>> column, Nulls nulls = Nulls.Default)
        => Create(_state with { Order = [Term(column, isDescending: true, nulls)] });

    /// <summary>Orders views that are alike so far by a further column of the root, ascending.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public TSelf ThenBy<T>(Func<TColumns, Column<TRoot, T>> column, Nulls nulls = Nulls.Default)
        => Create(_state with { Order = [.. _state.Order, Term(column, isDescending: false, nulls)] });

    /// <summary>Orders views that are alike so far by a further column of the root, descending.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public TSelf ThenByDescending<T>(Func<TColumns, Column<TRoot, T>> column, Nulls nulls = Nulls.Default)
        => Create(_state with { Order = [.. _state.Order, Term(column, isDescending: true, nulls)] });

    /// <summary>
    /// At most so many views. Of two limits the lower counts. It counts root rows: views that a missing row makes skip themselves leave fewer.
    /// </summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public TSelf Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Create(_state with { Take = Math.Min(count, _state.Take ?? count) });
    }

    /// <summary>Makes the query that follows a step.</summary>
    /// <param name="state">What is asked then.</param>
    protected abstract TSelf Create(ViewQueryState<TView, TRoot> state);

    /// <summary>Keeps the views with a row of a member that meets a condition.</summary>
    /// <typeparam name="TEntity">The entity of the member.</typeparam>
    /// <param name="filter">The condition, on the columns of one member.</param>
    /// <exception cref="ArgumentException">The condition mixes two members.</exception>
    protected TSelf And<TEntity>(Filter<TEntity> filter)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter is Constant<TEntity> constant)
        {
            return Create(constant.Value ? _state : _state with { MatchesNothing = true });
        }

        var member = MemberOf(filter);
        return Create(_state with
        {
            Filters = _state.Filters.With(member, filter),
            Fingerprints = [.. _state.Fingerprints, Fingerprint(member, filter)],
        });
    }

    // Columns are tagged with the place of their member, from 1; a condition made elsewhere bears no tag.
    private int MemberOf<TEntity>(Filter<TEntity> filter)
        where TEntity : class
    {
        if (filter.Member > 0)
        {
            return filter.Member - 1;
        }

        var candidates = _state.Roots.Members.Where(static member => member is ViewMember<TEntity>).ToArray();
        return filter.Member == 0 && candidates.Length == 1
            ? candidates[0].Index
            : throw new ArgumentException(
                $"A condition of {_state.Roots.Name} is about one member, but {filter} is about {(filter.Member == 0 ? "none of those" : "several")} that hold a {typeof(TEntity).Name}. "
                + "Chain a Where for each member.",
                nameof(filter));
    }

    private byte[] Fingerprint<TEntity>(int member, Filter<TEntity> filter)
        where TEntity : class
    {
        using var command = new NpgsqlCommand();
        try
        {
            filter.Bind(new ParameterWriter(command.Parameters));
        }
        catch (ColumnValueException exception)
        {
            var entity = _state.Roots.Members[member].Entity;
            throw Errors.ErrorTranslator.Translate(exception, entity.Database, entity, "Where");
        }

        return QueryFingerprint.Of($"{_state.Roots.Members[member].Name}: {filter}", command.Parameters);
    }

    private static OrderTerm<TRoot, T> Term<T>(Func<TColumns, Column<TRoot, T>> column, bool isDescending, Nulls nulls)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new OrderTerm<TRoot, T>(column(default).Operand, isDescending, nulls);
    }
}
