using System.Collections.Concurrent;
using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Five steps in both databases and outside of them, each an entry in a ledger; a compensation takes its entry out again.</summary>
public sealed class OrderSaga(SagaRoot db)
{
    /// <summary>What a test does inside of the steps of an instance: it is given their names, and those of compensations with a minus in front.</summary>
    public static ConcurrentDictionary<string, Func<string, SagaContext, CancellationToken, Task>> Inside { get; } = [];

    public async Task<Placed> Place(Cart cart, SagaContext context, NeonTransaction tx, CancellationToken ct)
    {
        await EnterAsync(tx, nameof(Place), cart, context, ct);
        return new Placed($"N-{context.Id}");
    }

    public Task Withdraw(Placed placed, SagaContext context, NeonTransaction tx, CancellationToken ct) => RemoveAsync(tx, nameof(Place), placed.Number == $"N-{context.Id}", context, ct);

    public Task Hold(Cart cart, SagaContext context, NeonTransaction tx, CancellationToken ct) => EnterAsync(tx, nameof(Hold), cart, context, ct);

    public Task Release(SagaContext context, NeonTransaction tx, CancellationToken ct) => RemoveAsync(tx, nameof(Hold), isRight: true, context, ct);

    public Task Record(Placed placed, Cart cart, SagaContext context, SupabaseTransaction tx, CancellationToken ct) => EnterAsync(tx, nameof(Record), cart, context, ct);

    public Task Erase(SagaContext context, SupabaseTransaction tx, CancellationToken ct) => RemoveAsync(tx, nameof(Record), isRight: true, context, ct);

    /// <summary>A service elsewhere, which drops repetitions by their key.</summary>
    public async Task<string> Charge(Cart cart, SagaContext context, CancellationToken ct)
    {
        await FailAsync(nameof(Charge), cart, context, ct);
        await db.Neon.ExecuteAsync($"insert into ledger (id, what, key) values ({context.Id}, {nameof(Charge)}, {context.IdempotencyKey}) on conflict (key) do nothing", ct);
        return context.IdempotencyKey;
    }

    public async Task Refund(string? charge, SagaContext context, CancellationToken ct)
    {
        await FailAsync("-Charge", cart: null, context, ct);
        await db.Neon.ExecuteAsync($"delete from ledger where id = {context.Id} and what = {nameof(Charge)}", ct);
    }

    public Task Ship(Cart cart, SagaContext context, SupabaseTransaction tx, CancellationToken ct) => EnterAsync(tx, nameof(Ship), cart, context, ct);

    /// <summary>The definition, as generated code would write it.</summary>
    public static SagaDefinition Define(
        TimeSpan? deadline = null, RetryPolicy? retry = null, RetryPolicy? compensationRetry = null, bool parallel = false, int pivot = -1, TimeSpan? timeout = null, RetryPolicy? chargeRetry = null)
        => new SagaDefinition<OrderSaga, Cart>(
            "order",
            Codecs.Cart,
            static (root, _) => new OrderSaga((SagaRoot)root),
            deadline,
            resultStep: null,
            SagaStep.Of<OrderSaga, Placed>(
                nameof(Place), 1, Database.Neon, Codecs.Placed,
                static (saga, values, call) => saga.Place(values.Input<Cart>(), call.Context, call.Neon, call.CancellationToken),
                SagaCompensation.Of<OrderSaga>(
                    nameof(Withdraw), Database.Neon, static (saga, values, call) => saga.Withdraw(values.Result<Placed>(0), call.Context, call.Neon, call.CancellationToken), retry: compensationRetry),
                pivot == 0, retry, timeout),
            SagaStep.Of<OrderSaga>(
                nameof(Hold), 2, Database.Neon,
                static (saga, values, call) => saga.Hold(values.Input<Cart>(), call.Context, call.Neon, call.CancellationToken),
                SagaCompensation.Of<OrderSaga>(nameof(Release), Database.Neon, static (saga, _, call) => saga.Release(call.Context, call.Neon, call.CancellationToken), needsResult: false, compensationRetry),
                pivot == 1, retry, timeout),
            SagaStep.Of<OrderSaga>(
                nameof(Record), parallel ? 2 : 3, Database.Supabase,
                static (saga, values, call) => saga.Record(values.Result<Placed>(0), values.Input<Cart>(), call.Context, call.Supabase, call.CancellationToken),
                SagaCompensation.Of<OrderSaga>(nameof(Erase), Database.Supabase, static (saga, _, call) => saga.Erase(call.Context, call.Supabase, call.CancellationToken), needsResult: false, compensationRetry),
                pivot == 2, retry, timeout),
            SagaStep.Of<OrderSaga, string>(
                nameof(Charge), parallel ? 2 : 4, target: null, Codecs.Text,
                static (saga, values, call) => saga.Charge(values.Input<Cart>(), call.Context, call.CancellationToken),
                SagaCompensation.Of<OrderSaga>(
                    nameof(Refund), target: null, static (saga, values, call) => saga.Refund(values.ResultOrDefault<string>(3), call.Context, call.CancellationToken), needsResult: false, compensationRetry),
                pivot == 3, chargeRetry ?? retry, timeout),
            SagaStep.Of<OrderSaga>(
                nameof(Ship), 5, Database.Supabase, static (saga, values, call) => saga.Ship(values.Input<Cart>(), call.Context, call.Supabase, call.CancellationToken), compensation: null, pivot == 4, retry, timeout));

    private static async Task EnterAsync(DatabaseTransaction tx, string what, Cart cart, SagaContext context, CancellationToken ct)
    {
        await tx.ExecuteAsync($"insert into ledger (id, what) values ({context.Id}, {what})", ct);
        await FailAsync(what, cart, context, ct);
    }

    /// <summary>Takes exactly one entry out: a second time it fails.</summary>
    private static async Task RemoveAsync(DatabaseTransaction tx, string what, bool isRight, SagaContext context, CancellationToken ct)
    {
        await FailAsync($"-{what}", cart: null, context, ct);
        if (await tx.ExecuteAsync($"delete from ledger where id = {context.Id} and what = {what}", ct) != 1 || !isRight)
        {
            throw new InvalidOperationException($"{what} was undone without having been done once.");
        }
    }

    private static async Task FailAsync(string what, Cart? cart, SagaContext context, CancellationToken ct)
    {
        if (Inside.TryGetValue(context.Id, out var inside))
        {
            await inside(what, context, ct);
        }

        if (cart?.FailAt == what)
        {
            throw new SagaAbortException($"{what} is not possible.");
        }
    }
}
