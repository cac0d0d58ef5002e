using System.Globalization;
using DualDb.Errors;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>The replication connection that reads from a slot. For one reader, one message at a time.</summary>
internal sealed class DecodingStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly LogicalReplicationConnection _connection;
    private readonly IAsyncEnumerator<PgOutputReplicationMessage> _messages;
    private readonly CancellationTokenSource _ending;
    private Task<bool> _next;

    private DecodingStream(LogicalReplicationConnection connection, string slot)
    {
        _connection = connection;
        _ending = new CancellationTokenSource();
        _messages = connection.StartReplication(new PgOutputReplicationSlot(slot), new PgOutputReplicationOptions(SlotSql.Publication, PgOutputProtocolVersion.V1), _ending.Token).GetAsyncEnumerator(_ending.Token);
        _next = _messages.MoveNextAsync().AsTask();
    }

    /// <summary>Ends when there is a message, or the stream has failed.</summary>
    public Task Arrival => _next;

    /// <summary>Opens a connection and waits until it has the slot: from then on nobody else moves it, and whatever commits after a later snapshot arrives here.</summary>
    /// <returns>Null where somebody else has the slot.</returns>
    public static async Task<DecodingStream?> OpenAsync(PostgresDatabase source, string slot, NpgsqlConnectionStringBuilder address, CancellationToken cancellationToken)
    {
        // Values come as texts: in the form that is read here, whatever the role or the database is set to.
        var name = string.Create(CultureInfo.InvariantCulture, $"DualDb sync {Guid.CreateVersion7():N}");
        (address.ApplicationName, address.Timezone) = (name, "UTC");
        address.Options = string.IsNullOrEmpty(address.Options) ? "-c datestyle=ISO" : address.Options;
        var connection = new LogicalReplicationConnection(address.ConnectionString) { WalReceiverStatusInterval = TimeSpan.FromSeconds(5) };
        DecodingStream? stream = null;
        try
        {
            await connection.Open(cancellationToken).ConfigureAwait(false);
            stream = new DecodingStream(connection, slot);
            if (await stream.HasTakenAsync(source, slot, name, cancellationToken).ConfigureAwait(false))
            {
                return stream;
            }
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.ObjectInUse)
        {
            // The one before has not gone yet.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await CloseAsync(stream, connection).ConfigureAwait(false);
            throw DecodingRefusal.Of(failure, source) ?? ErrorTranslator.Translate(failure, source.Kind, entity: null, "Decoding the change log");
        }
        catch (OperationCanceledException)
        {
            await CloseAsync(stream, connection).ConfigureAwait(false);
            throw;
        }

        await CloseAsync(stream, connection).ConfigureAwait(false);
        return null;
    }

    /// <summary>The next message, which has to be read before the next call; null where there is none yet.</summary>
    /// <param name="waits">Whether to wait for one.</param>
    /// <param name="cancellationToken">Ends the waiting; the message is not lost by that.</param>
    public async ValueTask<PgOutputReplicationMessage?> NextAsync(bool waits, CancellationToken cancellationToken)
    {
        if (!waits && !_next.IsCompleted)
        {
            return null;
        }

        return await _next.WaitAsync(cancellationToken).ConfigureAwait(false) ? _messages.Current : throw new NpgsqlException("The server has ended the replication.", new IOException("End of stream."));
    }

    /// <summary>The last message was read.</summary>
    public void Advance() => _next = _messages.MoveNextAsync().AsTask();

    /// <summary>
    /// Has the server let go of what was received. What is applied does not depend on it: whoever opens a stream reads from the log itself what it may lack.
    /// </summary>
    public void Acknowledge()
    {
        var received = _connection.LastReceivedLsn;
        if (received > _connection.LastFlushedLsn)
        {
            _connection.SetReplicationStatus(received);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CloseAsync(this, _connection);

    private async Task<bool> HasTakenAsync(PostgresDatabase source, string slot, string name, CancellationToken cancellationToken)
    {
        var began = source.Clock.GetTimestamp();
        while (source.Clock.GetElapsedTime(began) < Patience)
        {
            if (_next.IsCompleted)
            {
                return await _next.ConfigureAwait(false);
            }

            if (await new Slots(source).IsReadByAsync(slot, name, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            await Task.WhenAny(_next, Task.Delay(Pause, source.Clock, cancellationToken)).ConfigureAwait(false);
        }

        return false;
    }

    private static async ValueTask CloseAsync(DecodingStream? stream, LogicalReplicationConnection connection)
    {
        if (stream is not null)
        {
            await stream._ending.CancelAsync().ConfigureAwait(false);
            await ((Task)stream._next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await IgnoreAsync(stream._messages).ConfigureAwait(false);
            stream._ending.Dispose();
        }

        await IgnoreAsync(connection).ConfigureAwait(false);
    }

    // It is broken off: what that leads to is of no interest.
    private static async Task IgnoreAsync(IAsyncDisposable part)
    {
        try
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The server notices it as well.
        }
    }
}
