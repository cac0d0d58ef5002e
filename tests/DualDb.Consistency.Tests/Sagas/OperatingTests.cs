using DualDb.Consistency.Sagas;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Operators whose hand fails, or who ask for what cannot be done.</summary>
public class OperatingTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly RetryPolicy Fast = new(3, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    /// <summary>It must neither go on, behind what was undone already, nor be lost.</summary>
    [Fact]
    public async Task A_stopped_saga_stays_stopped_where_an_operators_hand_fails()
    {
        var node = await StopAsync("held");
        await using var holder = await place.Root.Supabase.BeginAsync(SagaPlace.Token);
        await holder.ExecuteAsync($"select 1 from dualdb.saga_fences where id = 'held' for update", SagaPlace.Token);

        await Assert.ThrowsAnyAsync<DualDbException>(() => node.Operations.SkipCompensationAsync("order", "held", "Record", "ada", "erased by hand", SagaPlace.Token));
        await holder.RollbackAsync(SagaPlace.Token);
        OrderSaga.Inside.TryRemove("held", out _);
        await place.ExpireAsync("held");
        await node.SweepAsync();

        Assert.Equal("compensation_failed", await place.StateAsync("held"));
        Assert.Equal(["Hold", "Place", "Record"], await place.EffectsAsync("held"));
        await node.Operations.SkipCompensationAsync("order", "held", "Record", "ada", "erased by hand", SagaPlace.Token);
        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.WaitAsync("held", SagaPlace.Token));
        Assert.Equal(["Record"], await place.EffectsAsync("held"));
    }

    [Fact]
    public async Task A_refused_operation_leaves_a_parked_saga_parked()
    {
        var node = place.Node(definitions: OrderSaga.Define(pivot: 2));
        await node.Order.RunAsync("parked", new Cart("Lamp"), SagaPlace.Token);
        await place.Root.Neon.ExecuteAsync($"update dualdb.sagas set state = 'parked', stopped_from = 'running', error = 'why', finished_at = null where id = 'parked'", SagaPlace.Token);

        await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.CompensateAsync("order", "parked", "ada", "changed her mind", SagaPlace.Token));
        await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.SkipCompensationAsync("order", "parked", "Place", "ada", "no need", SagaPlace.Token));
        await node.SweepAsync();

        var summary = (await node.Operations.FindAsync("order", "parked", SagaPlace.Token))!.Summary;
        Assert.Equal((SagaState.Parked, "why", null), (summary.State, summary.Error, summary.Node));
        await node.Operations.ResumeAsync("order", "parked", "ada", "seen to", SagaPlace.Token);
        await node.Order.WaitAsync("parked", SagaPlace.Token);
    }

    [Fact]
    public async Task What_is_done_cannot_be_skipped()
    {
        var node = place.Node(
            options => options.MaxPauseInMemory = TimeSpan.Zero, definitions: OrderSaga.Define(retry: Fast with { MaxAttempts = 0, Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) }));
        OrderSaga.Inside["done"] = static (what, _, _) => what == "Hold" ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        await node.Order.StartAsync("done", new Cart("Lamp"), SagaPlace.Token);
        await node.Engine.IdleAsync();

        var exception = await Assert.ThrowsAsync<SagaOperationException>(
            () => node.Operations.SkipStepAsync("order", "done", "Place", "ada", "by hand", "{\"Number\":\"N-7\"}", SagaPlace.Token));

        Assert.Contains("Place", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain((await node.Operations.FindAsync("order", "done", SagaPlace.Token))!.Timeline, static entry => entry.State == "skipped");
    }

    [Theory]
    [InlineData("{\"Number\":\"N-7\"} and more")]
    [InlineData("{\"Number\":")]
    [InlineData("")]
    [InlineData("{\"Number\":7}")]
    public async Task A_result_that_is_none_is_refused_before_anything_is_touched(string result)
    {
        var node = place.Node(definitions: OrderSaga.Define());

        var exception = await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.SkipStepAsync("order", "any", "Place", "ada", "by hand", result, SagaPlace.Token));

        Assert.StartsWith("The result is none of the step Place", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_done_to_a_saga_that_is_undone()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("undone", new Cart("Lamp", "Ship"), SagaPlace.Token));
        Func<Task>[] operations =
        [
            () => node.Operations.ResumeAsync("order", "undone", "ada", "why", SagaPlace.Token),
            () => node.Operations.RetryStepAsync("order", "undone", "Place", "ada", "why", SagaPlace.Token),
            () => node.Operations.SkipStepAsync("order", "undone", "Hold", "ada", "why", cancellationToken: SagaPlace.Token),
            () => node.Operations.SkipCompensationAsync("order", "undone", "Hold", "ada", "why", SagaPlace.Token),
            () => node.Operations.CompensateAsync("order", "undone", "ada", "why", SagaPlace.Token),
        ];

        foreach (var operation in operations)
        {
            Assert.Contains("Compensated", (await Assert.ThrowsAsync<SagaOperationException>(operation)).Message, StringComparison.Ordinal);
        }

        Assert.Empty((await node.Operations.FindAsync("order", "undone", SagaPlace.Token))!.Audit);
    }

    /// <summary>An instance whose compensation of Record was given up.</summary>
    private async Task<TestSagas> StopAsync(string id)
    {
        var node = place.Node(definitions: OrderSaga.Define(compensationRetry: Fast));
        OrderSaga.Inside[id] = static (what, _, _) => what == "-Record" ? throw new InvalidOperationException("It is broken.") : Task.CompletedTask;
        await Assert.ThrowsAsync<SagaCompensationFailedException>(() => node.Order.RunAsync(id, new Cart("Lamp", "Ship"), SagaPlace.Token));
        return node;
    }
}
