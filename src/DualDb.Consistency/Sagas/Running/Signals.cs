using DualDb.Consistency.Sagas.Journal;
using Npgsql;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Brings events to sagas that wait for them, now or later.</summary>
internal static class Signals
{
    /// <summary>Keeps an event in the home database, in the transaction of whoever brings it, and tells who waits.</summary>
    /// <param name="transaction">A transaction in the home database.</param>
    /// <param name="eventId">The event's id: brought twice, it counts once.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="key">The key that it was published with.</param>
    /// <param name="payload">It, as JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task BringAsync(DatabaseTransaction transaction, Guid eventId, string name, string key, string payload, CancellationToken cancellationToken)
    {
        using (var locking = new NpgsqlCommand(WaitSql.LockKey, transaction.Connection))
        {
            locking.Parameters.Text(LockOf(name, key));
            await locking.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var keep = new NpgsqlBatchCommand(WaitSql.Keep);
        keep.Parameters.Id(eventId);
        keep.Parameters.Text(name);
        keep.Parameters.Text(key);
        keep.Parameters.Json(payload);
        var tell = new NpgsqlBatchCommand(WaitSql.Tell);
        tell.Parameters.Text(name);
        tell.Parameters.Text(key);
        var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { keep, tell } };
        await using var disposed = batch.ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static string LockOf(string name, string key) => $"{name}\n{key}";
}
