using DualDb.Querying;

namespace DualDb;

/// <summary>
/// A query over one entity: an immutable description of one statement. Each step gives a new query and leaves the old one as it was; nothing is sent
/// before a method that ends in <c>Async</c> is called. The order of the steps does not matter, except among those that order rows.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of it sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public sealed partial class Query<TEntity, TColumns, TChanges, TTransaction>
    where TEntity : class
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    where TTransaction : DatabaseTransaction
{
    private readonly QuerySource<TEntity> _source;
    private readonly QueryState<TEntity> _state;

    internal Query(QuerySource<TEntity> source, QueryState<TEntity> state)
    {
        _source = source;
        _state = state;
    }

    /// <summary>Keeps the rows that meet a condition, besides those before.</summary>
    /// <param name="filter">The condition: <c>o => o.Status == OrderStatus.Paid</c>.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> Where(Func<TColumns, Filter<TEntity>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return And(filter(default));
    }

    /// <summary>Keeps the rows that meet a condition, besides those before.</summary>
    /// <param name="filter">The condition, made before.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> Where(Filter<TEntity> filter) => And(filter);

    /// <summary>Keeps the rows that meet a condition, besides those before.</summary>
    /// <param name="filter">The condition, made before.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> And(Filter<TEntity> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return With(_state with { Filter = _state.Filter & filter });
    }

    /// <summary>Means every row of the table: an update or a deletion without a condition must be asked for by this name.</summary>
    public Query<TEntity, TColumns, TChanges, TTransaction> AllRows() => With(_state with { MeansAllRows = true });

    /// <summary>Includes rows that are marked deleted.</summary>
    public Query<TEntity, TColumns, TChanges, TTransaction> IncludeDeleted() => With(_state with { IncludesDeleted = true });

    /// <summary>Orders by a column, ascending. Replaces the order before.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column: <c>o => o.CreatedAt</c>. Texts are sorted by the collation of the database.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> OrderBy<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [Term(column, isDescending: false, nulls)] });

    /// <summary>Orders by a column, descending. Replaces the order before.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> OrderByDescending<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [Term(column, isDescending: true, nulls)] });

    /// <summary>Orders rows that are alike so far by a further column, ascending.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> ThenBy<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [.. _state.Order, Term(column, isDescending: false, nulls)] });

    /// <summary>Orders rows that are alike so far by a further column, descending.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> ThenByDescending<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default)
        => With(_state with { Order = [.. _state.Order, Term(column, isDescending: true, nulls)] });

    /// <summary>At most so many rows, in the order of the key where no order is given. Of two limits the lower counts.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public Query<TEntity, TColumns, TChanges, TTransaction> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return With(_state with { Take = Math.Min(count, _state.Take ?? count) });
    }

    /// <summary>Leaves out the first rows, in the order of the key where no order is given. PostgreSQL reads them all the same: prefer pages.</summary>
    /// <param name="count">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public Query<TEntity, TColumns, TChanges, TTransaction> Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return With(_state with { Skip = count == 0 ? _state.Skip : checked(count + (_state.Skip ?? 0)) });
    }

    /// <summary>Locks the rows against changes until the transaction ends.</summary>
    public Query<TEntity, TColumns, TChanges, TTransaction> ForUpdate()
        => With(_state with { Lock = _state.Lock == RowLock.None ? RowLock.Wait : _state.Lock });

    /// <summary>Locks the rows as <see cref="ForUpdate"/> does, and leaves out those that others hold: for queues.</summary>
    public Query<TEntity, TColumns, TChanges, TTransaction> SkipLocked() => With(_state with { Lock = RowLock.SkipLocked });

    /// <summary>Locks the rows as <see cref="ForUpdate"/> does, and fails at once where others hold one.</summary>
    public Query<TEntity, TColumns, TChanges, TTransaction> NoWait() => With(_state with { Lock = RowLock.NoWait });

    /// <summary>Runs within a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    public Query<TEntity, TColumns, TChanges, TTransaction> In(TTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return With(_state with { Transaction = transaction });
    }

    /// <summary>
    /// Keeps the result as <see cref="CachedForAttribute"/> says of the entity: the same query with the same values answers from the cache, until any row of the table is changed
    /// through a repository. SQL of your own may look at other tables, whose changes are not seen.
    /// </summary>
    /// <param name="key">A name of your own, under which <see cref="DualDbCache.InvalidateTagAsync"/> drops the result; null for none. At most 1,000 per entity.</param>
    /// <exception cref="InvalidOperationException">The entity has no <see cref="CachedForAttribute"/>, or the query runs within a transaction or locks rows.</exception>
    public CachedQuery<TEntity, TColumns, TChanges, TTransaction> Cached(string? key = null)
    {
        QueryRules.RequireCacheable(_source.Entity, _state, _source.MayCache);
        if (key is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(key);
        }

        return new CachedQuery<TEntity, TColumns, TChanges, TTransaction>(this, _source.Cache?.Of(key), _source.User);
    }

    /// <summary>The SQL that <see cref="ToListAsync"/> sends: the same text for every query of the same shape.</summary>
    public string ToSql() => Selected().Sql;

    /// <inheritdoc cref="ToSql"/>
    public override string ToString() => ToSql();

    private static OrderTerm<TEntity, T> Term<T>(Func<TColumns, Column<TEntity, T>> column, bool isDescending, Nulls nulls)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new OrderTerm<TEntity, T>(column(default).Operand, isDescending, nulls);
    }

    private Query<TEntity, TColumns, TChanges, TTransaction> With(QueryState<TEntity> state) => new(_source, state);
}
