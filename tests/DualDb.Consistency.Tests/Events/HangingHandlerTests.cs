using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>A handler that does not return holds up its own key, and what it still does after its time has no effect.</summary>
public sealed class HangingHandlerTests(ConsistencyServers places)
{
    [Fact]
    public async Task A_handler_that_blocks_its_thread_is_given_up_while_other_keys_flow()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        using var never = new ManualResetEventSlim();
        var behaviour = new Behaviour
        {
            BeforeRecording = (e, _, _) =>
            {
                if (e.Buyer == "ada")
                {
                    never.Wait(CancellationToken.None);
                }

                return Task.CompletedTask;
            },
        };
        try
        {
            // One transaction at a time: whoever waits for the handler must go on without it.
            var node = await place.StartAsync(options => options.MaxConcurrency = 1, behaviour);
            await place.PublishAsync("ada", 1);
            await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Count == 1, "the first attempt's end");
            await place.PublishAsync("bob", Enumerable.Range(0, 10).Select(number => (long)number));
            await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 10, "the other key");
            Assert.Contains(nameof(HandlerTimeoutException), (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Single().Error, StringComparison.Ordinal);
        }
        finally
        {
            never.Set();
        }
    }

    [Fact]
    public async Task A_handler_that_was_left_behind_keeps_its_transaction_to_itself_and_commits_nothing()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var (go, again, late) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        SupabaseTransaction? left = null;
        var behaviour = new Behaviour
        {
            BeforeRecording = async (e, context, _) =>
            {
                if (e.Buyer == "ada" && left is null)
                {
                    left = context.Supabase;
                    await go.Task;
                    late.SetResult(await Record.ExceptionAsync(() => left.ExecuteAsync($"insert into activities (event_id, handler, buyer, number) values ({context.EventId}, 'late', 'ada', 0)")));
                }
                else if (e.Buyer == "bob")
                {
                    again.TrySetResult();
                }
            },
        };
        var node = await place.StartAsync(behaviour: behaviour);
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Count == 1, "the first attempt's end");

        // Whoever cleaned up has not touched what the handler still uses.
        Assert.True(left!.IsActive);
        await place.PublishAsync("bob", 2);
        await again.Task.WaitAsync(TimeSpan.FromSeconds(30));
        go.SetResult();
        await late.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 2, "both effects");
        await Eventually.HoldsAsync(() => !left.IsActive, "the end of what was left behind");
        Assert.Equal([1], await place.NumbersAsync("ada"));
    }
}
