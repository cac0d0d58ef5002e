using DualDb.Mapping;
using DualDb.Sql.Statements;

namespace DualDb;

// What the generated members (FindBy…, ListBy…) stand on.
public abstract partial class Repository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    /// <summary>One row by a unique value, or null.</summary>
    /// <typeparam name="TArgument">What the statement is asked with.</typeparam>
    /// <param name="statement">The statement; selects the columns of the entity in order.</param>
    /// <param name="argument">Its argument.</param>
    /// <param name="transaction">The transaction to read in, or null.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    protected ValueTask<TEntity?> FindByAsync<TArgument>(
        Statement<TArgument> statement, TArgument argument, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return ExecuteAsync<FindBy<TEntity, TKey, TMap, TArgument>, TEntity?>(new(statement, argument), transaction, cancellationToken);
    }

    /// <summary>All rows that a statement selects.</summary>
    /// <typeparam name="TArgument">What the statement is asked with.</typeparam>
    /// <param name="statement">The statement; selects the columns of the entity in order.</param>
    /// <param name="argument">Its argument.</param>
    /// <param name="transaction">The transaction to read in, or null.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    protected async Task<IReadOnlyList<TEntity>> ListByAsync<TArgument>(
        Statement<TArgument> statement, TArgument argument, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return await ExecuteAsync<ListBy<TEntity, TKey, TMap, TArgument>, IReadOnlyList<TEntity>>(
            new(statement, argument), transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of many values in one statement, grouped by value. A value without rows has an empty group; no values, no statement.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="statement">The statement; selects the columns of the entity in order.</param>
    /// <param name="values">The values; duplicates do no harm.</param>
    /// <param name="valueOf">The value of a row.</param>
    /// <param name="transaction">The transaction to read in, or null.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    protected async Task<ILookup<TValue, TEntity>> LookupByAsync<TValue>(
        Statement<IReadOnlyList<TValue>> statement,
        IReadOnlyCollection<TValue> values,
        Func<TEntity, TValue> valueOf,
        TTransaction? transaction,
        CancellationToken cancellationToken)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(valueOf);
        IReadOnlyList<TEntity> rows = values.Count == 0
            ? []
            : await ListByAsync(statement, Listed(values), transaction, cancellationToken).ConfigureAwait(false);
        return rows.ToLookup(valueOf);
    }
}
