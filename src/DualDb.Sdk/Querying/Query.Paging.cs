using DualDb.Querying;

namespace DualDb;

// Pages.
public sealed partial class Query<TEntity, TColumns, TChanges, TTransaction>
{
    /// <summary>
    /// One page, in the declared order with the key as tie-breaker (in the order of the key where none is declared). A page begins where the one before
    /// ended, however many rows came or went meanwhile, and costs the same however far back it is.
    /// </summary>
    /// <param name="size">At most so many rows, 1 or more. It may change from page to page.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> or <see cref="Page{T}.Previous"/> of a page of the same query; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="InvalidCursorException">The cursor was made by another query or order, or was changed; nothing was sent.</exception>
    public Task<Page<TEntity>> ToPageAsync(int size, string? cursor = null, CancellationToken cancellationToken = default)
        => new PageReader<TEntity, TEntity>(_source, _state, TColumns.Key, selected: null, _source.ReadRow).ReadAsync(size, cursor, cancellationToken);
}

// Pages.
public sealed partial class ProjectedQuery<TEntity, TResult>
{
    /// <summary>One page, in the declared order with the key as tie-breaker, also where neither is selected.</summary>
    /// <param name="size">At most so many rows, 1 or more. It may change from page to page.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> or <see cref="Page{T}.Previous"/> of a page of the same query; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="InvalidCursorException">The cursor was made by another query or order, or was changed; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The query groups rows, which have no key.</exception>
    public Task<Page<TResult>> ToPageAsync(int size, string? cursor = null, CancellationToken cancellationToken = default)
        => _groups is null
            ? new PageReader<TEntity, TResult>(_source, _state, _key, _projection.Operands, _projection.Read).ReadAsync(size, cursor, cancellationToken)
            : throw new InvalidOperationException($"ToPageAsync of {_source.Entity.Name}: groups have no key that could tell where a page ends. Use Take and Skip, or StreamAsync.");
}
