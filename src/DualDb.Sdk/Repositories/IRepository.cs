namespace DualDb;

/// <summary>
/// Reads and writes the rows of one entity. The same surface for both databases; only the transaction's type differs, so that
/// handing a Supabase transaction to a Neon repository does not compile.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key; a tuple for a composite key.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public interface IRepository<TEntity, TKey, TTransaction>
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    /// <summary>The row with this key, or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    ValueTask<TEntity?> FindAsync(TKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="FindAsync(TKey, CancellationToken)"/>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    ValueTask<TEntity?> FindAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>The row with this key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="EntityNotFoundException">There is none.</exception>
    ValueTask<TEntity> GetAsync(TKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="GetAsync(TKey, CancellationToken)"/>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    ValueTask<TEntity> GetAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// The rows with these keys, in one statement (per 20,000 keys) and in the order of the keys. A key without a row is left out; a key named
    /// twice yields its row twice. No keys, no statement. Keys of several statements are read one after the other: use a transaction of the
    /// isolation level <see cref="System.Data.IsolationLevel.RepeatableRead"/> where they must be of one moment.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<TEntity>> FindManyAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="FindManyAsync(IReadOnlyCollection{TKey}, CancellationToken)"/>
    /// <param name="keys">The keys.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<TEntity>> FindManyAsync(IReadOnlyCollection<TKey> keys, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Whether a row has this key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<bool> ExistsAsync(TKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ExistsAsync(TKey, CancellationToken)"/>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<bool> ExistsAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>How many rows there are. PostgreSQL counts by scanning: on a large table this takes time.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="CountAsync(CancellationToken)"/>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<long> CountAsync(TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>The first rows in the order of their keys.</summary>
    /// <param name="limit">At most so many rows, 1 or more. Use <see cref="StreamAsync(CancellationToken)"/> for all of them.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    Task<IReadOnlyList<TEntity>> ListAsync(int limit, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ListAsync(int, CancellationToken)"/>
    /// <param name="limit">At most so many rows, 1 or more.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<TEntity>> ListAsync(int limit, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// All rows in the order of their keys, one at a time as they arrive. One connection stays in use until the enumeration ends,
    /// so end it (<c>break</c> does) and do not wait in its midst. Retried only before the first row.
    /// </summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    IAsyncEnumerable<TEntity> StreamAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// All rows in the order of their keys, one at a time as they arrive. The transaction accepts no other statement until
    /// the enumeration ends.
    /// </summary>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    IAsyncEnumerable<TEntity> StreamAsync(TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Inserts a row.</summary>
    /// <param name="entity">The row. A generated key that still has its type's default value is made by the database.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The row as stored, with key, version and times. The instance handed over is not changed.</returns>
    /// <exception cref="ConstraintViolationException">The key or a unique value is taken, or a referenced row is missing.</exception>
    /// <exception cref="InvalidEntityException">A value was refused before anything was sent.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection broke before the reply came.</exception>
    Task<TEntity> InsertAsync(TEntity entity, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="InsertAsync(TEntity, CancellationToken)"/>
    /// <param name="entity">The row.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<TEntity> InsertAsync(TEntity entity, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// Inserts rows, all or none. Up to <see cref="DatabaseOptions.CopyThreshold"/> rows travel in one <c>unnest</c> statement; more
    /// of them in one transaction by binary COPY, after one statement that draws their keys where keys are generated.
    /// </summary>
    /// <param name="entities">The rows.</param>
    /// <param name="cancellationToken">Cancels the write; nothing is applied then.</param>
    /// <returns>
    /// The rows in the order handed over, with their keys, times and versions: as stored after <c>unnest</c>. After a COPY, which returns nothing,
    /// as handed over otherwise: what PostgreSQL rounds or reorders on the way in is not read back. No rows, no statement.
    /// </returns>
    /// <exception cref="ConstraintViolationException">A key or a unique value is taken, or a referenced row is missing.</exception>
    /// <exception cref="InvalidEntityException">A value was refused; the exception tells its row.</exception>
    Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyCollection<TEntity> entities, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="InsertManyAsync(IReadOnlyCollection{TEntity}, CancellationToken)"/>
    /// <param name="entities">The rows.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<IReadOnlyList<TEntity>> InsertManyAsync(IReadOnlyCollection<TEntity> entities, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Writes all columns of the row with this entity's key; with a <see cref="VersionAttribute"/>, only if nobody changed it since it was read.</summary>
    /// <param name="entity">The row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The row as stored, with its new version and time. The instance handed over is not changed.</returns>
    /// <exception cref="EntityNotFoundException">No row has the key.</exception>
    /// <exception cref="ConcurrencyConflictException">The row is at another version.</exception>
    /// <exception cref="InvalidEntityException">A value was refused before anything was sent.</exception>
    Task<TEntity> UpdateAsync(TEntity entity, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UpdateAsync(TEntity, CancellationToken)"/>
    /// <param name="entity">The row.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<TEntity> UpdateAsync(TEntity entity, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// Inserts the row, or overwrites the one that has its key. The last writer wins: versions grow but are not checked.
    /// The time of creation stays; a deletion mark is overwritten like any column. A row without a key is inserted.
    /// </summary>
    /// <param name="entity">The row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="InvalidEntityException">A value was refused before anything was sent.</exception>
    Task<TEntity> UpsertAsync(TEntity entity, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UpsertAsync(TEntity, CancellationToken)"/>
    /// <param name="entity">The row.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<TEntity> UpsertAsync(TEntity entity, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Inserts or overwrites rows by key, all or none.</summary>
    /// <param name="entities">The rows. No two may have the same key.</param>
    /// <param name="cancellationToken">Cancels the write; nothing is applied then.</param>
    /// <returns>The rows as stored, in the order handed over. No rows, no statement.</returns>
    /// <exception cref="InvalidEntityException">A value was refused, or a key comes twice; the exception tells the row.</exception>
    Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyCollection<TEntity> entities, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UpsertManyAsync(IReadOnlyCollection{TEntity}, CancellationToken)"/>
    /// <param name="entities">The rows.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<IReadOnlyList<TEntity>> UpsertManyAsync(IReadOnlyCollection<TEntity> entities, TTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Deletes the row with this key; with a <see cref="SoftDeleteAttribute"/>, marks it deleted.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Whether there was such a row.</returns>
    Task<bool> DeleteAsync(TKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteAsync(TKey, CancellationToken)"/>
    /// <param name="key">The key.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    Task<bool> DeleteAsync(TKey key, TTransaction transaction, CancellationToken cancellationToken = default);
}
