// A shop that places orders by sagas: all that a step can take, return and wait for.

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DualDb;
using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;

namespace Placing;

public enum Way
{
    Post,
    Drone,
}

public sealed record Line(string Sku, int Quantity);

public sealed record CreateOrder(long Id, IReadOnlyList<Line> Lines, Way Way = Way.Post);

public sealed record StockHold(Guid Id);

[DomainEvent("payment.received")]
public sealed partial record PaymentReceived(long OrderId, decimal Amount);

[Neon]
public sealed partial record Order([property: Key] long Id, decimal Total);

[Supabase]
public sealed partial record Activity([property: Key] Guid Id, string Text);

[DualDatabase]
public sealed partial class PlacingDb;

public interface IPayments
{
    Task<string> ChargeAsync(string key, CancellationToken ct);
}

[Saga("create-order", DeadlineSeconds = 90.5)]
public sealed partial class CreateOrderSaga(PlacingDb db, IPayments payments)
{
    [Step(1)]
    private Task<Order> Place(CreateOrder input, NeonTransaction tx, CancellationToken ct) => db.Orders.InsertAsync(new Order(input.Id, 1), tx, ct);

    [Compensates(nameof(Place)), Retry(0, DelayMilliseconds = 10, MaxDelaySeconds = 5)]
    private async Task Withdraw(Order order, NeonTransaction tx, CancellationToken ct) => await db.Orders.DeleteAsync(order.Id, tx, ct);

    [Step(2), Retry(3), Timeout(2.5)]
    private ValueTask<StockHold> Hold(CreateOrder input, NeonTransaction tx) => new(new StockHold(Guid.Empty));

    [Compensates(nameof(Hold)), Timeout(1)]
    private ValueTask Release(StockHold hold, NeonTransaction tx) => default;

    [Step(2)]
    private Task<string> Charge(Order order, SagaContext context, CancellationToken ct) => payments.ChargeAsync(context.IdempotencyKey, ct);

    [Compensates(nameof(Charge))]
    private static Task Refund(string? charge, SagaContext context) => Task.CompletedTask;

    [Step(3), WaitFor<PaymentReceived>(TimeoutSeconds = 60)]
    private EventKey Payment(Order order) => order.Id;

    [Step(4), Delay]
    private TimeSpan Rest(PaymentReceived payment) => TimeSpan.FromSeconds((double)payment.Amount);

    [Step(5), Pivot]
    private Task<List<Line>?> Pack(CreateOrder input) => Task.FromResult<List<Line>?>(null);

    [Step(6)]
    private async Task Record(List<Line>? packed, SupabaseTransaction tx, CancellationToken ct) => await db.Activities.InsertAsync(new Activity(Guid.Empty, "packed"), tx, ct);
}

[Saga("count")]
internal sealed partial class Count
{
    private const int DefineSaga = 0;

    [Step(1)]
    public Task<int?> First(Way way) => Task.FromResult<int?>(DefineSaga);

    [Step(2), Result]
    public Task<int[]> Numbers(int? first) => Task.FromResult(new[] { first ?? 0 });
}

public static partial class Around
{
    [Saga("nothing")]
    public sealed partial class NothingSaga
    {
        internal NothingSaga(IPlacingDb db, IServiceProvider services, IDualDatabase root) => _ = (db, services, root);

        [Step(1)]
        internal Task Do(Guid id) => Task.CompletedTask;
    }
}
