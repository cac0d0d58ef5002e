using DualDb.Querying;

namespace DualDb;

/// <summary>Queries the rows of one entity.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of some of its columns sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public interface IQueryRepository<TEntity, TColumns, TChanges, TTransaction>
    where TEntity : class
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    where TTransaction : DatabaseTransaction
{
    /// <summary>A query over the rows, without a condition so far.</summary>
    Query<TEntity, TColumns, TChanges, TTransaction> Query();

    /// <summary>A query over all rows, which may be updated or deleted without a condition.</summary>
    Query<TEntity, TColumns, TChanges, TTransaction> AllRows();

    /// <summary>A query over the rows that meet a condition.</summary>
    /// <param name="filter">The condition: <c>o => o.Status == OrderStatus.Paid</c>.</param>
    Query<TEntity, TColumns, TChanges, TTransaction> Where(Func<TColumns, Filter<TEntity>> filter);

    /// <summary>A query over the rows that meet a condition.</summary>
    /// <param name="filter">The condition, made before.</param>
    Query<TEntity, TColumns, TChanges, TTransaction> Where(Filter<TEntity> filter);

    /// <summary>A query over the rows, ordered by a column.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column: <c>o => o.CreatedAt</c>.</param>
    /// <param name="nulls">Where NULL is put.</param>
    Query<TEntity, TColumns, TChanges, TTransaction> OrderBy<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default);

    /// <summary>A query over the rows, ordered by a column, descending.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="nulls">Where NULL is put.</param>
    Query<TEntity, TColumns, TChanges, TTransaction> OrderByDescending<T>(Func<TColumns, Column<TEntity, T>> column, Nulls nulls = Nulls.Default);
}
