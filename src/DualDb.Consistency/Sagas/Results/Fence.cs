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
                var batch = new NpgsqlBatch(connection) { BatchCommands = { Raise(saga, id, token, Patience) } };
                await using var disposed = batch.ConfigureAwait(false);
                return await batch.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not null;
            },
            cancellationToken);

    /// <summary>Raises the token and holds the row until the transaction ends, alone.</summary>
    public static NpgsqlBatchCommand Raise(string saga, string id, long token, TimeSpan limit) => Command(ResultSql.Raise, saga, id, token, limit);

    /// <summary>Does the same where nobody can have been here for the instance; it fails where somebody was.</summary>
    public static NpgsqlBatchCommand Begin(string saga, string id, long token, TimeSpan limit) => Command(ResultSql.Begin, saga, id, token, limit);

    /// <summary>Holds the row until the transaction ends, together with other steps of the instance.</summary>
    public static NpgsqlBatchCommand Share(string saga, string id, long token, TimeSpan limit) => Command(ResultSql.Share, saga, id, token, limit);

    private static NpgsqlBatchCommand Command(string sql, string saga, string id, long token, TimeSpan limit)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Text(saga);
        command.Parameters.Text(id);
        command.Parameters.Number(token);
        command.Parameters.Text(Math.Max(1, (long)Math.Min(limit.TotalMilliseconds, int.MaxValue)).ToString(CultureInfo.InvariantCulture));
        return command;
    }
}
