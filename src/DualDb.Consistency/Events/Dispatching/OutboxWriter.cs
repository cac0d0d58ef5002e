using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// Writes back what has ended, many at a time and one batch after another, so that what is known of blocked keys changes in the order in which the database does.
/// </summary>
internal sealed class OutboxWriter(PostgresDatabase database, OutboxWrites writes, BlockedKeys blocked, InFlight inFlight, OutboxState state, Action<EndedEvent> handled, ILogger logger)
{
    private const int LargestBatch = 1000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<Ended> _ended = Channel.CreateUnbounded<Ended>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(Ended ended) => _ended.Writer.TryWrite(ended);

    /// <summary>No more will be added.</summary>
    public void Complete() => _ended.Writer.TryComplete();

    /// <summary>Writes until no more is added, or until it is told to give up: what is not written then is delivered again, and found handled.</summary>
    public async Task RunAsync(CancellationToken givingUp)
    {
        var batch = new List<Ended>();
        while (await _ended.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (batch.Count < LargestBatch && _ended.Reader.TryRead(out var ended))
            {
                batch.Add(ended);
            }

            await WriteAsync(batch, givingUp).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Ended> batch, CancellationToken givingUp)
    {
        var emptied = await TryWriteAsync(batch, givingUp).ConfigureAwait(false);
        foreach (var ended in batch)
        {
            Settle(ended, isWritten: emptied is not null);
        }

        foreach (var (handler, key) in emptied ?? [])
        {
            blocked.Emptied(handler, key);
        }
    }

    /// <returns>The keys, per handler, of which nothing is left; null where nothing was written.</returns>
    private async Task<IReadOnlyList<(string Handler, string Key)>?> TryWriteAsync(List<Ended> batch, CancellationToken givingUp)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); !givingUp.IsCancellationRequested; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var emptied = await writes.WriteAsync(database, batch, givingUp).ConfigureAwait(false);
                state.SucceedWriting();
                return emptied;
            }
            catch (Exception exception)
            {
                // Whatever it is: without the writer nothing would ever be finished.
                state.FailWriting(exception, database.Clock.GetTimestamp());
                EventLog.WriteFailed(logger, database.Kind, exception);

                // What was applied before the answer was lost is found so by the next attempt: every statement looks at the state that it changes.
                await Task.WhenAny(Task.Delay(pause, database.Clock, givingUp)).ConfigureAwait(false);
            }
        }

        return null;
    }

    private void Tell(EndedEvent done)
    {
        try
        {
            handled(done);
        }
        catch (Exception exception)
        {
            EventLog.WriteFailed(logger, database.Kind, exception);
        }
    }

    private void Settle(Ended ended, bool isWritten)
    {
        switch (ended)
        {
            case EndedEvent done:
                inFlight.Remove(done.Stored);
                if (isWritten && !done.IsAbandoned)
                {
                    Tell(done);
                }

                break;
            case EndedFailure failure:
                blocked.Arrived(failure.Handler, failure.Stored.Event.Key, isRetry: false);
                break;
            case EndedDelivery tried:
                if (tried.Outcome.Kind is OutcomeKind.Failed or OutcomeKind.Waiting)
                {
                    blocked.Arrived(tried.Delivery.Handler, tried.Delivery.Stored.Event.Key, isRetry: true);
                }

                inFlight.Remove(tried.Delivery);
                break;
        }
    }
}
