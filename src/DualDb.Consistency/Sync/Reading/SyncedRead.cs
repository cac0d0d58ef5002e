using System.ComponentModel;
using System.Runtime.ExceptionServices;
using DualDb.Consistency.Sync.Reading;
using DualDb.Mapping;
using DualDb.Sql;
using DualDb.Sql.Statements;

namespace DualDb.Consistency.Sync;

/// <summary>What the generated <c>FindAsync(key, ReadFrom)</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SyncedRead
{
    /// <summary>One row by its key, from the database of its entity or from the copy.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TKey">The type of its key.</typeparam>
    /// <typeparam name="TMap">The generated facts of the entity.</typeparam>
    /// <typeparam name="TTransaction">The transaction of its database.</typeparam>
    /// <param name="repository">The repository. One that knows no second database, such as a test double, is asked itself.</param>
    /// <param name="copy">Reads the copy: selects the columns of the entity in order.</param>
    /// <param name="key">The key.</param>
    /// <param name="from">Where it is read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The row; null where there is none.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached; with <see cref="ReadFrom.Nearest"/>, neither can.</exception>
    public static ValueTask<TEntity?> FindAsync<TEntity, TKey, TMap, TTransaction>(
        IRepository<TEntity, TKey, TTransaction> repository, Statement<TKey> copy, TKey key, ReadFrom from, CancellationToken cancellationToken)
        where TEntity : class
        where TKey : notnull
        where TMap : struct, IEntityMap<TEntity, TKey>
        where TTransaction : DatabaseTransaction
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(copy);
        if (from is not (ReadFrom.Primary or ReadFrom.Nearest))
        {
            throw new ArgumentOutOfRangeException(nameof(from), from, "It is no member of ReadFrom.");
        }

        var own = TMap.Info.Database;
        if (from == ReadFrom.Primary || repository is not IJoinedRepository joined || joined.Find(own) is not { } home || joined.Find(DatabaseSync.Other(own)) is not { Rest: null } away)
        {
            return repository.FindAsync(key, cancellationToken);
        }

        // The policies that say what a user may see are those of the entity's table.
        return home.ActsAs is not null || away.ActsAs is not null
            ? repository.FindAsync(key, cancellationToken)
            : (SyncOptions.Of(home).Nearest ?? own) == own ? OwnOrCopyAsync() : CopyOrOwnAsync();

        async ValueTask<TEntity?> OwnOrCopyAsync()
        {
            ExceptionDispatchInfo unavailable;
            try
            {
                return await OwnAsync().ConfigureAwait(false);
            }
            catch (DatabaseUnavailableException exception)
            {
                unavailable = ExceptionDispatchInfo.Capture(exception);
            }

            if (await CopyAsync().ConfigureAwait(false) is { } found)
            {
                return found;
            }

            if (await CopyStates.FindAsync(away, TMap.Info, cancellationToken).ConfigureAwait(false) != CopyState.Complete)
            {
                // It may be there, and merely not have been copied.
                unavailable.Throw();
            }

            return null;
        }

        async ValueTask<TEntity?> CopyOrOwnAsync()
        {
            try
            {
                var state = await CopyStates.FindAsync(away, TMap.Info, cancellationToken).ConfigureAwait(false);
                var found = state == CopyState.Incomplete ? null : await CopyAsync().ConfigureAwait(false);
                if (found is not null || state == CopyState.Complete)
                {
                    return found;
                }
            }
            catch (DatabaseUnavailableException)
            {
                // Read in the other one, outside the handler.
            }

            return await OwnAsync().ConfigureAwait(false);
        }

        ValueTask<TEntity?> OwnAsync() => repository.FindAsync(key, cancellationToken);

        ValueTask<TEntity?> CopyAsync()
            => new StatementExecutor(away, TMap.Info).ExecuteAsync<FindBy<TEntity, TKey, TMap, TKey>, TEntity?>(new(copy, key), transaction: null, cancellationToken);
    }
}
