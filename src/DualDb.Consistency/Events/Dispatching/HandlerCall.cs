using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Calls a handler for one event or several, in one transaction where it has a target, within its time.</summary>
internal sealed class HandlerCall(IServiceScopeFactory scopes, TimeProvider clock)
{
    public async Task RunAsync(Subscription subscription, IReadOnlyList<Delivery> batch, EventTargets targets, CancellationToken stopping)
    {
        if (subscription.Options.Target is not { } database)
        {
            foreach (var delivery in batch)
            {
                await InvokeAsync(subscription, delivery, transaction: null, stopping).ConfigureAwait(false);
            }

            return;
        }

        var events = batch.Select(static delivery => delivery.Stored.Event.Id).ToArray();
        var (transaction, fresh) = await targets.BeginAsync(database, subscription.Name, events, subscription.Options.Timeout, stopping).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        foreach (var delivery in batch)
        {
            if (fresh.Remove(delivery.Stored.Event.Id))
            {
                await InvokeAsync(subscription, delivery, transaction, stopping).ConfigureAwait(false);
            }
        }

        // Not begun under a lease that has passed to another node meanwhile: the order of a key is the owner's to keep.
        if (!batch.All(static delivery => delivery.Lease.IsValid))
        {
            throw new OperationCanceledException("The lease ended before the effect was committed.");
        }

        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task InvokeAsync(Subscription subscription, Delivery delivery, DatabaseTransaction? transaction, CancellationToken stopping)
    {
        using var activity = EventActivity.Handle(delivery, subscription);
        var scope = scopes.CreateAsyncScope();
        await using var disposed = scope.ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(subscription.Options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        var began = clock.GetTimestamp();
        try
        {
            var handling = delivery.To.HandleAsync(delivery.Stored.Event, Context(subscription, delivery, transaction), scope.ServiceProvider, either.Token);

            // One that does not listen is left behind; its transaction is rolled back, and whatever it still sends is refused.
            await handling.WaitAsync(either.Token).ConfigureAwait(false);
            EventMeter.Handled(subscription.Name, clock.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            var late = new HandlerTimeoutException(subscription.Name, delivery.Stored.Event, subscription.Options.Timeout);
            EventActivity.Fail(activity, late);
            throw late;
        }
        catch (Exception exception)
        {
            EventActivity.Fail(activity, exception);
            throw;
        }
    }

    private static EventContext Context(Subscription subscription, Delivery delivery, DatabaseTransaction? transaction)
    {
        var published = delivery.Stored.Event;
        return new EventContext(transaction)
        {
            EventId = published.Id,
            EventName = published.Name,
            Key = published.Key,
            PublishedAt = published.PublishedAt,
            Source = published.Source,
            Attempt = delivery.Attempts + 1,
            Headers = published.Headers,
            IdempotencyKey = $"{published.Id:N}/{subscription.Name}",
        };
    }
}
