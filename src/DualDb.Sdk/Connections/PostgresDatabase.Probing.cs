using DualDb.Connections;
using DualDb.Errors;

namespace DualDb;

/// <summary>Whether it is there, asked by what wants to know soon rather than surely.</summary>
public abstract partial class PostgresDatabase
{
    /// <summary>
    /// Makes one round trip, without the pauses of a call that wants to succeed: who asks every second learns more from a failure now than from a success later. A connection of the pool that died meanwhile is replaced, since that
    /// says nothing of the database.
    /// </summary>
    /// <exception cref="DualDbException">It did not succeed.</exception>
    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                await ProbeOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (TransientErrors.IsConnectionBroken(exception))
            {
                ForgetBrokenConnections();
                await ProbeOnceAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, Kind, entity: null, nameof(PingAsync));
        }
    }

    private async ValueTask ProbeOnceAsync(CancellationToken cancellationToken)
    {
        if (Rest is not null || ActsAs is not null)
        {
            await PingOnceAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var connection = await OpenWithoutRetryAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await SendPingAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<Npgsql.NpgsqlConnection> OpenWithoutRetryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw OpenFailure.Explain(exception, Kind, _pool);
        }
    }
}
