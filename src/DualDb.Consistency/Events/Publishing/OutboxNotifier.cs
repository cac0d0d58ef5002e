using Npgsql;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>
/// Tells other processes of new events: outside of the writing transaction, since a <c>NOTIFY</c> within it makes commits queue, and once for all that were committed within 10 milliseconds. It is a
/// hint and no more: where it is lost, polling finds the events.
/// </summary>
internal sealed class OutboxNotifier(PostgresDatabase database)
{
    /// <summary>The channel, the same in both databases.</summary>
    public const string Channel = "dualdb_outbox";

    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(10);

    private int _pending;

    public void Notify()
    {
        if (EventOptions.Of(database).UseNotifications && Interlocked.Exchange(ref _pending, 1) == 0)
        {
            _ = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await Task.Delay(Coalescing, database.Clock).ConfigureAwait(false);
        }
        finally
        {
            // Before it is sent: what is committed from now on is told anew.
            Volatile.Write(ref _pending, 0);
        }

        try
        {
            var connection = await database.OpenAsApplicationAsync(CancellationToken.None).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand($"select pg_notify('{Channel}', '')", connection);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DualDbException or NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            // The database is away, or the root is disposed of: whoever dispatches the events finds them by polling.
        }
    }
}
