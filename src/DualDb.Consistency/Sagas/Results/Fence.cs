using System.Globalization;
using DualDb.Consistency.Sagas.Journal;
using Npgsql;

namespace DualDb.Consistency.Sagas.Results;

/// <summary>Shuts out of a database whoever ran an instance before.</summary>
internal static class Fence
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Raises the token of an instance in a database. Afterwards no transaction under a lower one can be committed any more, and none is under way: what is read then is final.
    /// </summary>
    /// <returns>False where a higher token was here: this node has lost the instance.</returns>
    /// <exception cref="DualDbException">It failed, or a transaction under the lower token did not end in time; it may be tried again.</exception>
    public static ValueTask<bool> RaiseAsync(PostgresDatabase database, string saga, string id, long token, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Taking over a saga",
            async (connection, cancellation) =>
            {
                // One batch without a BEGIN is one transaction.
                var batch = new NpgsqlBatch(connection) { BatchCommands = { Limits(Patience), Raise(saga, id, token) } };
                await using var disposed = batch.ConfigureAwait(false);
                var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using var closed = reader.ConfigureAwait(false);
                await reader.NextResultAsync(cancellation).ConfigureAwait(false);
                return await reader.ReadAsync(cancellation).ConfigureAwait(false);
            },
            cancellationToken);

    public static NpgsqlBatchCommand Limits(TimeSpan limit)
    {
        var command = new NpgsqlBatchCommand(ResultSql.Limits);
        command.Parameters.Text(Math.Max(1, (long)Math.Min(limit.TotalMilliseconds, int.MaxValue)).ToString(CultureInfo.InvariantCulture));
        return command;
    }

    public static NpgsqlBatchCommand Raise(string saga, string id, long token)
    {
        var command = new NpgsqlBatchCommand(ResultSql.Raise);
        command.Parameters.Text(saga);
        command.Parameters.Text(id);
        command.Parameters.Number(token);
        return command;
    }
}
