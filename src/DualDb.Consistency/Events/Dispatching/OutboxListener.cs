using DualDb.Consistency.Events.Publishing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Hears of events that other processes have committed. It is no more than a hint: where it hears nothing, polling finds them.</summary>
internal static class OutboxListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(PostgresDatabase database, EventOptions options, OutboxState state, OutboxSignal signal, ILogger logger, CancellationToken stopping)
    {
        if (!options.UseNotifications)
        {
            return;
        }

        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // A new connection would wake the database that is being left alone.
                for (var awake = state.Awake.Next; state.IsAsleep; awake = state.Awake.Next)
                {
                    await awake.WaitAsync(stopping).ConfigureAwait(false);
                }

                if (!await TryListenAsync(database, state, signal, stopping).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is DualDbException or NpgsqlException or OperationCanceledException or ObjectDisposedException)
            {
                EventLog.ListenerLost(logger, database.Kind, exception);
                state.IsListenerLost = true;
                await Task.WhenAny(Task.Delay(Pause, database.Clock, stopping)).ConfigureAwait(false);
            }
            finally
            {
                state.IsListening = false;
            }
        }
    }

    /// <summary>Listens until the connection breaks. Behind a transaction pooler nothing would be heard: it does not try.</summary>
    private static async Task<bool> TryListenAsync(PostgresDatabase database, OutboxState state, OutboxSignal signal, CancellationToken stopping)
    {
        if ((await database.GetEndpointAsync(stopping).ConfigureAwait(false)).IsPooler)
        {
            return false;
        }

        var connection = await database.OpenAsync(stopping).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        connection.Notification += Hear;
        try
        {
            await ExecuteAsync(connection, $"listen {OutboxNotifier.Channel}", stopping).ConfigureAwait(false);
            (state.IsListening, state.IsListenerLost) = (true, false);

            // What was committed before is not told any more.
            signal.RaiseHere();
            while (true)
            {
                await connection.WaitAsync(stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            connection.Notification -= Hear;
            await SilenceAsync(connection).ConfigureAwait(false);
        }

        void Hear(object sender, NpgsqlNotificationEventArgs notification) => signal.RaiseHere();
    }

    // The pool gives the connection to others, and resets nothing.
    private static async Task SilenceAsync(NpgsqlConnection connection)
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync(connection, "unlisten *", CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // Broken: the pool drops it.
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
