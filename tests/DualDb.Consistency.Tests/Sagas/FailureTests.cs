using DualDb.Consistency.Sagas;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Steps and compensations that fail, and what operators do about it.</summary>
public class FailureTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];
    private static readonly RetryPolicy Fast = new(3, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    [Fact]
    public async Task Repeats_a_step_that_fails_for_a_while()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast));
        Fails("while", "Hold", 2);

        await node.Order.RunAsync("while", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(All, await place.EffectsAsync("while"));
        var details = await node.Operations.FindAsync("order", "while", SagaPlace.Token);
        Assert.Equal(["failed", "failed", "succeeded"], details!.Timeline.Where(static entry => entry.Step == "Hold").Select(static entry => entry.State));
        Assert.Contains("Hold is broken", details.Timeline.First(static entry => entry.State == "failed").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_step_up_after_its_attempts_and_undoes_the_rest()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast));
        Fails("often", "Ship", int.MaxValue);

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("often", new Cart("Lamp"), SagaPlace.Token));

        Assert.Contains("Ship is broken", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await place.EffectsAsync("often"));
        var details = await node.Operations.FindAsync("order", "often", SagaPlace.Token);
        Assert.Equal(3, details!.Timeline.Count(static entry => entry.Step == "Ship" && entry.State == "failed"));
    }

    [Fact]
    public async Task Stops_where_a_compensation_is_given_up_and_goes_on_when_an_operator_says_so()
    {
        var node = place.Node(definitions: OrderSaga.Define(compensationRetry: Fast));
        Fails("stuck", "-Record", 3);

        var exception = await Assert.ThrowsAsync<SagaCompensationFailedException>(() => node.Order.RunAsync("stuck", new Cart("Lamp", "Ship"), SagaPlace.Token));

        Assert.Contains("-Record is broken", exception.Message, StringComparison.Ordinal);
        Assert.Equal("compensation_failed", await place.StateAsync("stuck"));
        Assert.Equal(["Hold", "Place", "Record"], await place.EffectsAsync("stuck"));
        Assert.Equal("stuck", Assert.Single(await node.Operations.ListAsync(new SagaFilter { IsStuck = true, IdPrefix = "stu" }, cancellationToken: SagaPlace.Token)).Id);

        await node.Operations.ResumeAsync("order", "stuck", "ada", "Supabase is back", SagaPlace.Token);
        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.WaitAsync("stuck", SagaPlace.Token));
        Assert.Empty(await place.EffectsAsync("stuck"));
        var details = await node.Operations.FindAsync("order", "stuck", SagaPlace.Token);
        Assert.Equal(("ada", "resume", "Supabase is back"), details!.Audit.Select(static line => (line.Who, line.Action, line.Reason)).Single());
    }

    [Fact]
    public async Task A_compensation_is_repeated_until_it_succeeds_unless_told_otherwise()
    {
        var node = place.Node(options => options.MaxPauseInMemory = TimeSpan.FromMinutes(1), definitions: OrderSaga.Define(compensationRetry: Fast with { MaxAttempts = 0 }));
        Fails("ever", "-Hold", 12);

        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("ever", new Cart("Lamp", "Ship"), SagaPlace.Token));

        Assert.Empty(await place.EffectsAsync("ever"));
    }

    [Fact]
    public async Task Behind_the_pivot_a_step_is_repeated_whatever_it_says()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast, pivot: 2));
        var calls = 0;
        OrderSaga.Inside["pivot"] = (what, _, _) => what == "Ship" && Interlocked.Increment(ref calls) < 8 ? throw new SagaAbortException("no") : Task.CompletedTask;

        await node.Order.RunAsync("pivot", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal((8, "completed"), (calls, await place.StateAsync("pivot")));
        await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.CompensateAsync("order", "pivot", "ada", "changed her mind", SagaPlace.Token));
        Assert.Equal("completed", await place.StateAsync("pivot"));
    }

    [Fact]
    public async Task A_step_that_does_not_heed_its_timeout_is_left_behind()
    {
        // Long enough for the other steps on a busy machine.
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast, timeout: TimeSpan.FromSeconds(2)));
        var never = new TaskCompletionSource();
        OrderSaga.Inside["deaf"] = (what, context, _) => what == "Record" && context.Attempt == 1 ? never.Task : Task.CompletedTask;

        await node.Order.RunAsync("deaf", new Cart("Lamp"), SagaPlace.Token);
        never.SetResult();

        Assert.Equal(All, await place.EffectsAsync("deaf"));
    }

    [Fact]
    public async Task A_saga_that_is_not_done_by_its_deadline_is_undone()
    {
        var node = place.Node(definitions: OrderSaga.Define(deadline: TimeSpan.FromSeconds(1), retry: Fast with { MaxAttempts = 0 }));
        Fails("late", "Ship", int.MaxValue);

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("late", new Cart("Lamp"), SagaPlace.Token));

        Assert.Contains("deadline", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await place.EffectsAsync("late"));
    }

    [Fact]
    public async Task A_step_without_an_answer_is_undone_too_when_it_is_given_up()
    {
        var node = place.Node(definitions: OrderSaga.Define(chargeRetry: Fast));
        OrderSaga.Inside["silent"] = async (what, context, ct) =>
        {
            if (what == "Charge")
            {
                await place.Root.Neon.ExecuteAsync($"insert into ledger (id, what, key) values ({context.Id}, {what}, {context.IdempotencyKey}) on conflict (key) do nothing", ct);
                throw new HttpRequestException("no answer");
            }
        };

        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("silent", new Cart("Lamp"), SagaPlace.Token));

        Assert.Empty(await place.EffectsAsync("silent"));
    }

    [Fact]
    public async Task Skips_a_step_with_a_result_of_the_operators()
    {
        var node = place.Node(options => options.MaxPauseInMemory = TimeSpan.Zero, definitions: OrderSaga.Define(retry: Fast with { MaxAttempts = 0, Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) }));
        Fails("skipped", "Place", int.MaxValue);
        await node.Order.StartAsync("skipped", new Cart("Lamp"), SagaPlace.Token);
        await node.Engine.IdleAsync();

        await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.SkipStepAsync("order", "skipped", "Place", "ada", "by hand", result: null, SagaPlace.Token));
        await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.SkipStepAsync("order", "skipped", "Place", "ada", "by hand", "{\"Wrong\":1}", SagaPlace.Token));
        await node.Operations.SkipStepAsync("order", "skipped", "Place", "ada", "by hand", "{\"Number\":\"N-7\"}", SagaPlace.Token);

        Assert.Equal(new Placed("N-7"), await node.Order.WaitAsync("skipped", SagaPlace.Token));
        Assert.Equal(["Charge", "Hold", "Record", "Ship"], await place.EffectsAsync("skipped"));
    }

    [Fact]
    public async Task Retries_a_step_at_once_that_is_in_a_long_pause()
    {
        var node = place.Node(options => options.MaxPauseInMemory = TimeSpan.Zero, definitions: OrderSaga.Define(retry: Fast with { Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) }));
        Fails("paused", "Hold", 1);
        await node.Order.StartAsync("paused", new Cart("Lamp"), SagaPlace.Token);
        await node.Engine.IdleAsync();
        Assert.Equal(["Place"], await place.EffectsAsync("paused"));

        await node.Operations.RetryStepAsync("order", "paused", "Hold", "ada", "the stock is back", SagaPlace.Token);
        await node.Order.WaitAsync("paused", SagaPlace.Token);

        Assert.Equal(All, await place.EffectsAsync("paused"));
    }

    [Fact]
    public async Task Skips_a_compensation_that_cannot_succeed()
    {
        var node = place.Node(definitions: OrderSaga.Define(compensationRetry: Fast));
        Fails("gone", "-Record", int.MaxValue);
        await Assert.ThrowsAsync<SagaCompensationFailedException>(() => node.Order.RunAsync("gone", new Cart("Lamp", "Ship"), SagaPlace.Token));

        await node.Operations.SkipCompensationAsync("order", "gone", "Record", "ada", "erased by hand", SagaPlace.Token);
        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.WaitAsync("gone", SagaPlace.Token));

        Assert.Equal(["Record"], await place.EffectsAsync("gone"));
    }

    [Fact]
    public async Task Undoes_a_finished_saga_when_an_operator_says_so()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await node.Order.RunAsync("regret", new Cart("Lamp"), SagaPlace.Token);

        await node.Operations.CompensateAsync("order", "regret", "ada", "ordered twice", SagaPlace.Token);
        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.WaitAsync("regret", SagaPlace.Token));

        Assert.Contains("ada has it compensated: ordered twice", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["Ship"], await place.EffectsAsync("regret")); // which has no compensation
    }

    [Fact]
    public async Task Cancelling_the_caller_does_not_end_the_saga()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        var (inside, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        OrderSaga.Inside["left"] = (what, _, _) =>
        {
            if (what == "Hold")
            {
                inside.TrySetResult();
                return goOn.Task;
            }

            return Task.CompletedTask;
        };
        using var caller = new CancellationTokenSource();
        var call = node.Order.RunAsync("left", new Cart("Lamp"), caller.Token);
        await inside.Task.WaitAsync(SagaPlace.Token);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        goOn.SetResult();
        await node.Engine.IdleAsync();

        Assert.Equal("completed", await place.StateAsync("left"));
    }

    [Fact]
    public async Task Lists_page_by_page()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        for (var number = 0; number < 7; number++)
        {
            await node.Order.RunAsync($"page-{number}", new Cart("Lamp"), SagaPlace.Token);
        }

        var filter = new SagaFilter { Saga = "order", IdPrefix = "page-", States = [SagaState.Completed] };
        var first = await node.Operations.ListAsync(filter, 4, cancellationToken: SagaPlace.Token);
        var second = await node.Operations.ListAsync(filter, 4, first[^1], SagaPlace.Token);

        Assert.Equal(["page-6", "page-5", "page-4", "page-3", "page-2", "page-1", "page-0"], first.Concat(second).Select(static summary => summary.Id));
    }

    [Fact]
    public async Task A_step_that_ends_its_transaction_itself_fails()
    {
        var definition = new SagaDefinition<FailureTests, Cart>(
            "order", Codecs.Cart, static (_, _) => null!, deadline: null, resultStep: null,
            SagaStep.Of<FailureTests>("Place", 1, Database.Neon, static async (_, _, call) =>
            {
                await call.Neon.ExecuteAsync($"insert into ledger (id, what) values ({call.Context.Id}, 'Place')", call.CancellationToken);
                await call.Neon.CommitAsync(call.CancellationToken);
            }, retry: Fast));
        var node = place.Node(definitions: definition);

        await node.StartPlainAsync("ends");
        await node.Engine.IdleAsync();

        Assert.Equal("compensated", await place.StateAsync("ends"));
        Assert.Empty(await place.EffectsAsync("ends"));
        var details = await node.Operations.FindAsync("order", "ends", SagaPlace.Token);
        Assert.Contains("order.Place of 'ends'", details!.Summary.Error, StringComparison.Ordinal);
        Assert.Contains("Return to commit it", details.Summary.Error, StringComparison.Ordinal);
    }

    /// <summary>The step at its side is still at work when the saga turns around: it is waited for, and undone with the others.</summary>
    [Fact]
    public async Task Undoes_what_ended_at_the_side_of_the_step_that_failed()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast, parallel: true));
        var failed = new TaskCompletionSource();
        OrderSaga.Inside["beside"] = (what, _, _) =>
        {
            if (what == "Record")
            {
                failed.SetResult();
                throw new SagaAbortException("no");
            }

            return what is "Hold" or "Charge" ? failed.Task : Task.CompletedTask;
        };

        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("beside", new Cart("Lamp"), SagaPlace.Token));

        Assert.Empty(await place.EffectsAsync("beside"));
        var undone = (await node.Operations.FindAsync("order", "beside", SagaPlace.Token))!.Timeline.Where(static entry => entry is { IsCompensation: true, State: "succeeded" }).Select(static entry => entry.Step);
        Assert.Equal(["Charge", "Hold", "Place"], undone.Order(StringComparer.Ordinal));
    }

    /// <summary>Of compensations at the same time one is given up: what the others have undone stays so, and is not undone twice when an operator says to go on.</summary>
    [Fact]
    public async Task Goes_on_with_what_is_left_of_compensations_at_the_same_time()
    {
        var node = place.Node(definitions: OrderSaga.Define(compensationRetry: Fast, parallel: true));
        Fails("several", "-Record", 3);

        await Assert.ThrowsAsync<SagaCompensationFailedException>(() => node.Order.RunAsync("several", new Cart("Lamp", "Ship"), SagaPlace.Token));
        Assert.Contains("Record", await place.EffectsAsync("several"));
        await node.Operations.RetryStepAsync("order", "several", "Record", "ada", "it is mended", SagaPlace.Token);
        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.WaitAsync("several", SagaPlace.Token));

        Assert.Empty(await place.EffectsAsync("several"));
    }

    /// <summary>It does not even return its task.</summary>
    [Fact]
    public async Task A_step_that_holds_its_thread_is_left_behind_too()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast with { MaxAttempts = 0 }, timeout: TimeSpan.FromMilliseconds(100)));
        using var never = new ManualResetEventSlim();
        OrderSaga.Inside["blocking"] = (what, context, _) =>
        {
            if (what == "Charge" && context.Attempt == 1)
            {
                never.Wait(CancellationToken.None);
            }

            return Task.CompletedTask;
        };

        await node.Order.RunAsync("blocking", new Cart("Lamp"), SagaPlace.Token).WaitAsync(TimeSpan.FromSeconds(60), SagaPlace.Token);
        never.Set();

        Assert.Equal(All, await place.EffectsAsync("blocking"));
    }

    [Theory]
    [InlineData("half")]
    [InlineData("cut")]
    [InlineData("nul")]
    public async Task An_error_whose_text_cannot_be_stored_is_stored_as_far_as_it_can(string id)
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast));
        var text = id switch
        {
            "half" => "\ud83d is half a character",
            "cut" => "x" + string.Concat(Enumerable.Repeat("🛒", 4000)), // which is cut in the middle of one
            _ => "a\0b",
        };
        OrderSaga.Inside[id] = (what, _, _) => what == "Ship" ? throw new SagaAbortException(text) : Task.CompletedTask;
        await node.Order.StartAsync(id, new Cart("Lamp"), SagaPlace.Token);
        await node.Engine.IdleAsync();

        Assert.Equal("compensated", await place.StateAsync(id));
        Assert.Contains("SagaAbortException", (await node.Operations.FindAsync("order", id, SagaPlace.Token))!.Summary.Error, StringComparison.Ordinal);
    }

    /// <summary>Has something fail so many times.</summary>
    private static void Fails(string id, string what, int times)
    {
        var calls = 0;
        OrderSaga.Inside[id] = (name, _, _) => name == what && Interlocked.Increment(ref calls) <= times ? throw new InvalidOperationException($"{what} is broken.") : Task.CompletedTask;
    }
}
