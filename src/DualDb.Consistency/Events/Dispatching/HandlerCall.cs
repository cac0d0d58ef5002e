using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Calls a handler for one event or several, in one transaction where it has a target, within its time.</summary>
internal sealed class HandlerCall(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How long a handler is waited for that was told to end, before it is left behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public async Task RunAsync(Subscription subscription, IReadOnlyList<Delivery> batch, EventTargets targets, CancellationToken stopping)
    {
        if (subscription.Options.Target is not { } database)
        {
            await RunWithoutAsync(subscription, batch, stopping).ConfigureAwait(false);
            return;
        }

        var events = batch.Select(static delivery => delivery.Stored.Event.Id).ToArray();
        var (transaction, fresh) = await targets.BeginAsync(database, subscription.Name, events, subscription.Options.Timeout, stopping).ConfigureAwait(false);
        Task? leftBehind = null;
        try
        {
            transaction.LendTo($"the handler {subscription.Name}");
            foreach (var delivery in batch.Where(delivery => fresh.Remove(delivery.Stored.Event.Id)))
            {
                await InvokeAsync(subscription, delivery, transaction, stopping).ConfigureAwait(false);
            }

            // Not committed under a lease that has passed to another node meanwhile: the order of a key is the owner's to keep.
            if (!batch.All(static delivery => delivery.Lease.IsValid))
            {
                throw new OperationCanceledException("The lease ended before the effect was committed.");
            }

            transaction.TakeBack();
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeftBehindException left)
        {
            leftBehind = left.Handling;
            throw left.InnerException!;
        }
        finally
        {
            await EndAsync(transaction, leftBehind).ConfigureAwait(false);
        }
    }

    private async Task RunWithoutAsync(Subscription subscription, IReadOnlyList<Delivery> batch, CancellationToken stopping)
    {
        foreach (var delivery in batch)
        {
            try
            {
                await InvokeAsync(subscription, delivery, transaction: null, stopping).ConfigureAwait(false);
            }
            catch (LeftBehindException left)
            {
                throw left.InnerException!;
            }
        }
    }

    // Two must not use one connection: while the handler still does, the transaction is left to it, and to the limits that the server holds it to.
    private static async ValueTask EndAsync(DatabaseTransaction transaction, Task? leftBehind)
    {
        if (leftBehind is { IsCompleted: false })
        {
            _ = leftBehind.ContinueWith(_ => transaction.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return;
        }

        await transaction.DisposeAsync().ConfigureAwait(false);
    }

    private async Task InvokeAsync(Subscription subscription, Delivery delivery, DatabaseTransaction? transaction, CancellationToken stopping)
    {
        using var activity = EventActivity.Handle(delivery, subscription);
        using var timeout = new CancellationTokenSource(subscription.Options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        var began = clock.GetTimestamp();

        // On a thread of its own: one that blocks must not hold up whoever looks at the clock.
        var token = either.Token;
        var handling = Task.Run(() => HandleAsync(subscription, delivery, transaction, token), CancellationToken.None);
        try
        {
            await handling.WaitAsync(token).ConfigureAwait(false);
            EventMeter.Handled(subscription.Name, clock.GetElapsedTime(began));
        }
        catch (OperationCanceledException cancelled) when (token.IsCancellationRequested)
        {
            var failure = stopping.IsCancellationRequested ? cancelled : (Exception)new HandlerTimeoutException(subscription.Name, delivery.Stored.Event, subscription.Options.Timeout);
            EventActivity.Fail(activity, failure);
            await Task.WhenAny(handling, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
            throw handling.IsCompleted ? failure : new LeftBehindException(handling, failure);
        }
        catch (Exception exception)
        {
            EventActivity.Fail(activity, exception);
            throw;
        }
    }

    private async Task HandleAsync(Subscription subscription, Delivery delivery, DatabaseTransaction? transaction, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using var disposed = scope.ConfigureAwait(false);
        await delivery.To.HandleAsync(delivery.Stored.Event, Context(subscription, delivery, transaction), scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
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

    /// <summary>A handler still runs that nobody waits for any more.</summary>
    private sealed class LeftBehindException(Task handling, Exception failure) : Exception(failure.Message, failure)
    {
        public Task Handling { get; } = handling;
    }
}
