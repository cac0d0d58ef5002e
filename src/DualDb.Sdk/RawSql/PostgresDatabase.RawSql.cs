using System.Diagnostics.CodeAnalysis;
using DualDb.RawSql;

namespace DualDb;

public abstract partial class PostgresDatabase
{
    /// <summary>Runs a statement of your own and reads all of its rows.</summary>
    /// <typeparam name="T">
    /// What a row becomes: a plain value (the first column), or a type whose members are found by column name, <c>user_id</c> for
    /// <c>UserId</c>. A positional record takes the columns in the order of its parameters. NULL leaves a member at its default.
    /// </typeparam>
    /// <param name="sql">The statement; its holes become parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rows, in the server's order.</returns>
    /// <exception cref="DualDbException">The statement failed, or a row does not fit the type.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection broke before the reply came: what the statement wrote may have been applied, or not.</exception>
    /// <remarks>Sent once: only opening the connection is retried.</remarks>
    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public Task<IReadOnlyList<T>> QueryAsync<T>(SqlInterpolation sql, CancellationToken cancellationToken = default)
        => RawStatement.RunAsync(this, transaction: null, sql, nameof(QueryAsync), RawReads.ListAsync<T>, cancellationToken);

    /// <summary>Runs a statement of your own that answers with at most one row.</summary>
    /// <typeparam name="T">What the row becomes, as in <see cref="QueryAsync{T}"/>.</typeparam>
    /// <param name="sql">The statement; its holes become parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The row, or the type's default where there is none.</returns>
    /// <exception cref="DualDbException">The statement failed, or the row does not fit the type.</exception>
    /// <exception cref="InvalidOperationException">There is more than one row.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection broke before the reply came: what the statement wrote may have been applied, or not.</exception>
    /// <remarks>Sent once: only opening the connection is retried.</remarks>
    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public Task<T?> QuerySingleOrDefaultAsync<T>(SqlInterpolation sql, CancellationToken cancellationToken = default)
        => RawStatement.RunAsync(this, transaction: null, sql, nameof(QuerySingleOrDefaultAsync), RawReads.SingleOrDefaultAsync<T>, cancellationToken);

    /// <summary>Runs a statement of your own and reads its rows one by one, so that they need not fit into memory at once.</summary>
    /// <typeparam name="T">What a row becomes, as in <see cref="QueryAsync{T}"/>.</typeparam>
    /// <param name="sql">The statement; its holes become parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rows, in the server's order. The connection is in use until the enumeration ends or is disposed of.</returns>
    /// <exception cref="DualDbException">The statement failed, or a row does not fit the type; raised by the enumeration.</exception>
    /// <remarks>Sent once: only opening the connection is retried.</remarks>
    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public IAsyncEnumerable<T> StreamAsync<T>(SqlInterpolation sql, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return RawReads.StreamAsync<T>(this, transaction: null, sql, cancellationToken);
    }

    /// <summary>Runs a statement of your own and reads the first column of its first row.</summary>
    /// <typeparam name="T">A plain value: a number, text, time, <see cref="Guid"/>, enum or array.</typeparam>
    /// <param name="sql">The statement; its holes become parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The value; the type's default where there is no row or it is NULL.</returns>
    /// <exception cref="DualDbException">The statement failed, or the value does not fit the type.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection broke before the reply came: what the statement wrote may have been applied, or not.</exception>
    /// <remarks>Sent once: only opening the connection is retried.</remarks>
    public Task<T?> ExecuteScalarAsync<T>(SqlInterpolation sql, CancellationToken cancellationToken = default)
        => RawStatement.RunAsync(this, transaction: null, sql, nameof(ExecuteScalarAsync), RawReads.ScalarAsync<T>, cancellationToken);

    /// <summary>Runs a statement of your own.</summary>
    /// <param name="sql">The statement; its holes become parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many rows it inserted, updated or deleted; -1 for a statement of another kind.</returns>
    /// <exception cref="DualDbException">The statement failed.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection broke before the reply came: it may have been applied, or not.</exception>
    /// <remarks>Sent once: only opening the connection is retried.</remarks>
    public Task<int> ExecuteAsync(SqlInterpolation sql, CancellationToken cancellationToken = default)
        => RawStatement.RunAsync(this, transaction: null, sql, nameof(ExecuteAsync), RawReads.AffectedAsync, cancellationToken);
}
