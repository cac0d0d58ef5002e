namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Attempts deliveries of one subscription: several in one transaction, or one.</summary>
internal sealed class DeliveryRun(EventTargets targets, HandlerCall call, TimeProvider clock)
{
    private const int MostTries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Attempts several together. Where that fails all is rolled back; whose fault it was, single attempts tell.</summary>
    /// <returns>Whether all are handled.</returns>
    public async Task<bool> TryTogetherAsync(Subscription subscription, IReadOnlyList<Delivery> batch, CancellationToken stopping)
    {
        if (!batch.All(static delivery => delivery.Lease.IsValid))
        {
            return false;
        }

        try
        {
            await call.RunAsync(subscription, batch, targets, stopping).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Attempts one. While the database is away it keeps its place, and is attempted again.</summary>
    public async Task<Outcome> RunOneAsync(Subscription subscription, Delivery delivery, CancellationToken stopping)
    {
        var tries = 0;
        for (var pause = FirstPause; !stopping.IsCancellationRequested && delivery.Lease.IsValid; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            tries++;
            try
            {
                await call.RunAsync(subscription, [delivery], targets, stopping).ConfigureAwait(false);
                return Outcome.Handled;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested || !delivery.Lease.IsValid)
            {
                return Outcome.Abandoned;
            }
            catch (Exception exception) when (Availability.IsLacking(exception))
            {
                // No fault of the event's, and not counted; unless the database answers everybody else.
                if (tries >= MostTries && await AnswersAsync(subscription).ConfigureAwait(false))
                {
                    return Outcome.Failed(exception);
                }

                await Task.Delay(pause, clock, stopping).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                return Outcome.Failed(exception);
            }
        }

        return Outcome.Abandoned;
    }

    private async Task<bool> AnswersAsync(Subscription subscription)
    {
        if (subscription.Options.Target is not { } database)
        {
            return true;
        }

        try
        {
            await targets.Of(database).PingAsync().ConfigureAwait(false);
            return true;
        }
        catch (DualDbException)
        {
            return false;
        }
    }
}
