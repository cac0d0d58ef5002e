using DualDb.Consistency.Events;

namespace DualDb.Consistency.Worker;

/// <summary>Fails now and then, so that events are parked and retried while others of their key wait behind them.</summary>
[EventHandler(MaxAttempts = 100, RetryDelayMilliseconds = 50, TimeoutSeconds = 5)]
internal sealed class RecordActivity(WorkerDb db, Misfortune misfortune) : IEventHandler<PurchaseMade>
{
    public async Task HandleAsync(PurchaseMade domainEvent, EventContext context, CancellationToken cancellationToken)
    {
        var activity = new Activity { EventId = context.EventId, Buyer = domainEvent.Buyer, Number = domainEvent.Number };
        await db.Activities.InsertAsync(activity, context.Supabase, cancellationToken);

        // After the effect: what is written by then has to go again.
        misfortune.Strike(domainEvent, context.Attempt);
    }
}

[EventHandler(MaxAttempts = 100, TimeoutSeconds = 5)]
internal sealed class WriteReceipt(WorkerDb db) : IEventHandler<PurchaseMade>
{
    public Task HandleAsync(PurchaseMade domainEvent, EventContext context, CancellationToken cancellationToken)
        => db.Receipts.InsertAsync(new Receipt { EventId = context.EventId, Buyer = domainEvent.Buyer, Number = domainEvent.Number }, context.Neon, cancellationToken);
}
