using System.Collections.Concurrent;
using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events.Rig;

/// <summary>What handlers do beside their effect, as a test wants it.</summary>
public sealed class Behaviour
{
    /// <summary>Runs before the effect of <see cref="RecordActivity"/>; throws, waits, or lets it happen.</summary>
    public Func<PurchaseMade, EventContext, CancellationToken, Task>? BeforeRecording { get; set; }

    /// <summary>Runs before the effect of <see cref="WriteReceipt"/>.</summary>
    public Func<PurchaseMade, EventContext, CancellationToken, Task>? BeforeReceipt { get; set; }

    public ConcurrentQueue<(ProfileRenamed Event, EventContext Context)> Mails { get; } = [];

    public Func<ProfileRenamed, EventContext, Task>? OnMail { get; set; }
}

[EventHandler(MaxAttempts = 3, RetryDelayMilliseconds = 20, TimeoutSeconds = 2)]
public sealed class RecordActivity(TestDb db, Behaviour behaviour) : IEventHandler<PurchaseMade>
{
    public async Task HandleAsync(PurchaseMade domainEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (behaviour.BeforeRecording is { } before)
        {
            await before(domainEvent, context, cancellationToken);
        }

        var activity = new Activity { EventId = context.EventId, Handler = nameof(RecordActivity), Buyer = domainEvent.Buyer, Number = domainEvent.Number };
        await db.Activities.InsertAsync(activity, context.Supabase, cancellationToken);
    }
}

public sealed class WriteReceipt(TestDb db, Behaviour behaviour) : IEventHandler<PurchaseMade>
{
    public async Task HandleAsync(PurchaseMade domainEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (behaviour.BeforeReceipt is { } before)
        {
            await before(domainEvent, context, cancellationToken);
        }

        await db.Receipts.InsertAsync(new Receipt { EventId = context.EventId, Buyer = domainEvent.Buyer, Number = domainEvent.Number }, context.Neon, cancellationToken);
    }
}

[EventHandler(MaxAttempts = 2, RetryDelayMilliseconds = 20)]
public sealed class SendMail(Behaviour behaviour) : IEventHandler<ProfileRenamed>
{
    public async Task HandleAsync(ProfileRenamed domainEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (behaviour.OnMail is { } act)
        {
            await act(domainEvent, context);
        }

        behaviour.Mails.Enqueue((domainEvent, context));
    }
}
