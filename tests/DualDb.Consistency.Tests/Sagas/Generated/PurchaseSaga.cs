using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sagas.Generated;

public sealed record Buy(string Buyer, bool Fails = false);

[DomainEvent("bill.paid")]
public sealed partial record BillPaid(long Purchase, decimal Amount);

/// <summary>What a saga asks of the container.</summary>
public sealed class Postman
{
    public List<string> Letters { get; } = [];
}

/// <summary>A saga as users write it: a purchase in Neon, a payment that is waited for, an activity in Supabase.</summary>
[Saga("purchase", DeadlineSeconds = 120)]
public sealed partial class PurchaseSaga(TestDb db, Postman postman)
{
    [Step(1)]
    private Task<Purchase> Place(Buy input, NeonTransaction tx, CancellationToken ct) => db.Purchases.InsertAsync(new Purchase { Buyer = input.Buyer }, tx, ct);

    [Compensates(nameof(Place))]
    private async Task Withdraw(Purchase purchase, NeonTransaction tx, CancellationToken ct) => await db.Purchases.DeleteAsync(purchase.Id, tx, ct);

    [Step(2), WaitFor<BillPaid>(TimeoutSeconds = 60)]
    private string Payment(Buy input) => input.Buyer;

    [Step(3)]
    private async Task<Guid> Record(Purchase purchase, BillPaid paid, SupabaseTransaction tx, CancellationToken ct)
    {
        var activity = new Activity { EventId = Guid.NewGuid(), Handler = "saga", Buyer = purchase.Buyer, Number = (long)paid.Amount };
        await db.Activities.InsertAsync(activity, tx, ct);
        return activity.EventId;
    }

    [Compensates(nameof(Record))]
    private static Task Erase(Guid activity, SupabaseTransaction tx, CancellationToken ct) => tx.ExecuteAsync($"delete from activities where event_id = {activity}", ct);

    [Step(4)]
    private Task Post(Buy input, Guid activity)
    {
        if (input.Fails)
        {
            throw new SagaAbortException("The post does not go there.");
        }

        lock (postman.Letters)
        {
            postman.Letters.Add($"{input.Buyer} {activity}");
        }

        return Task.CompletedTask;
    }
}
