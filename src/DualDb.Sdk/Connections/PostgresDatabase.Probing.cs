using DualDb.Connections;
using DualDb.Errors;
using Npgsql;

namespace DualDb;

/// <summary>Whether it is there, asked by what wants to know soon rather than surely.</summary>
public abstract partial class PostgresDatabase
{
    /// <summary>So long a connection of the pool is waited for alone: longer than most take to be opened, and shorter than who asks waits.</summary>
    private static readonly TimeSpan PoolAlone = TimeSpan.FromMilliseconds(500);

    /// <summary>So much longer than one beside it, a connection of a pool that has room takes at most.</summary>
    private static readonly TimeSpan PoolGrace = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Makes one round trip, without the pauses of a call that wants to succeed: who asks every second learns more from a failure now than from a success later. A connection of the pool that died meanwhile is replaced, since that
    /// says nothing of the database; and where none becomes free, it is asked beside the pool: calls that are slow are no outage.
    /// </summary>
    /// <exception cref="DualDbException">It did not succeed.</exception>
    internal async Task<ProbeAnswer> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await ProbeOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (TransientErrors.IsConnectionBroken(exception))
            {
                ForgetBrokenConnections();
                return await ProbeOnceAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, Kind, entity: null, nameof(PingAsync));
        }
    }

    private async ValueTask<ProbeAnswer> ProbeOnceAsync(CancellationToken cancellationToken)
    {
        if (Rest is not null || ActsAs is not null)
        {
            await PingOnceAsync(cancellationToken).ConfigureAwait(false);
            return ProbeAnswer.ByPool;
        }

        var (connection, answer) = await OpenForProbeAsync(cancellationToken).ConfigureAwait(false);
        if (connection is not null)
        {
            await using (connection.ConfigureAwait(false))
            {
                await SendPingAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }

        return answer;
    }

    /// <returns>The connection that was there first; null where the server answered that it has no room for one more beside the pool.</returns>
    private async Task<(NpgsqlConnection? Connection, ProbeAnswer Answer)> OpenForProbeAsync(CancellationToken cancellationToken)
    {
        if (_pool.Current is null)
        {
            // Nobody has a connection yet, and the first one takes longer, since the endpoint is looked at.
            return (await OpenPooledForProbeAsync(cancellationToken).ConfigureAwait(false), ProbeAnswer.ByPool);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pooled = OpenPooledForProbeAsync(over.Token);
        await ((Task)pooled).WaitAsync(PoolAlone, Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pooled.IsCompleted && !IsPoolFull(pooled))
        {
            return (await pooled.ConfigureAwait(false), ProbeAnswer.ByPool);
        }

        // The pool may be full, or the database slow to take a connection: Npgsql does not say which. One beside the pool answers either way.
        var beside = OpenBesidePoolAsync(over.Token);
        var first = pooled.IsCompleted ? beside : await Task.WhenAny(pooled, beside).ConfigureAwait(false);
        if (first == pooled && IsPoolFull(pooled))
        {
            first = beside;
        }

        if (first == beside && beside.IsCompletedSuccessfully)
        {
            // A server that was asleep takes both at once: then the pool was not full.
            await ((Task)pooled).WaitAsync(PoolGrace, Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            first = pooled.IsCompletedSuccessfully ? pooled : beside;
        }

        try
        {
            return (await first.ConfigureAwait(false), first == pooled ? ProbeAnswer.ByPool : ProbeAnswer.BesidePool);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            _ = DropAsync(first == pooled ? beside : pooled);
        }
    }

    private async Task<NpgsqlConnection?> OpenPooledForProbeAsync(CancellationToken cancellationToken)
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

    private async Task<NpgsqlConnection?> OpenBesidePoolAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _pool.OpenBesideAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException full) when (string.Equals(full.SqlState, PostgresErrorCodes.TooManyConnections, StringComparison.Ordinal))
        {
            // An answer as well: our pool holds all that the server gives.
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw OpenFailure.Explain(exception, Kind, _pool);
        }
    }

    private static bool IsPoolFull(Task opening) => opening.Exception?.InnerException?.InnerException is { } cause && TransientErrors.IsPoolExhausted(cause);

    // What comes too late goes back, and why it failed is of interest to nobody.
    private static async Task DropAsync(Task<NpgsqlConnection?> late)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully && late.Result is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
