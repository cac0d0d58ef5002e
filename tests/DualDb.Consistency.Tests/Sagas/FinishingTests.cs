using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>A last step that is committed in the home database finishes its saga in the same transaction.</summary>
public class FinishingTests(SupabaseHomePlace place) : IClassFixture<SupabaseHomePlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];

    [Fact]
    public async Task The_journal_says_so_with_the_commit_of_the_last_step()
    {
        string? state = null;
        var node = place.Node(
            options => options.Probe = point =>
            {
                if (point is { Moment: RunMoment.AfterCommit, Work.Method: "Ship" })
                {
                    state = place.StateAsync("with").GetAwaiter().GetResult();
                }
            },
            definitions: OrderSaga.Define());

        Assert.Equal(new Placed("N-with"), await node.Order.RunAsync("with", new Cart("Lamp"), SagaPlace.Token));

        Assert.Equal("completed", state);
        Assert.Equal(All, await place.EffectsAsync("with"));
        var timeline = await node.Operations.FindAsync("order", "with", SagaPlace.Token);
        Assert.Equal(5, timeline!.Timeline.Count(static step => step.State == "succeeded"));

        // Whoever asks later, on another node, has the result from the journal.
        Assert.Equal(new Placed("N-with"), await place.Node(definitions: OrderSaga.Define()).Order.RunAsync("with", new Cart("Lamp"), SagaPlace.Token));
    }

    /// <summary>Purged in one database, and not yet in the other.</summary>
    [Fact]
    public async Task What_a_forgotten_instance_has_left_of_its_fence_is_no_obstacle()
    {
        await place.Root.Neon.ExecuteAsync($"insert into dualdb.saga_fences (saga, id, token) values ('order', 'again', 1)", SagaPlace.Token);

        await place.Node(definitions: OrderSaga.Define()).Order.RunAsync("again", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(All, await place.EffectsAsync("again"));
        Assert.Equal("completed", await place.StateAsync("again"));
    }

    [Fact]
    public async Task A_lost_reply_of_that_commit_changes_nothing()
    {
        var lost = 0;
        var node = place.Node(
            options => options.Probe = point =>
            {
                if (point is { Moment: RunMoment.AfterCommit, Work.Method: "Ship" } && Interlocked.Exchange(ref lost, 1) == 0)
                {
                    throw new CommitOutcomeUnknownException("The reply was lost.");
                }
            },
            definitions: OrderSaga.Define());

        await node.Order.RunAsync("lost", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(1, lost);
        Assert.Equal(All, await place.EffectsAsync("lost"));
        Assert.Equal("completed", await place.StateAsync("lost"));
    }

    /// <summary>The effect stands, and the node that has the instance now is the one to say that it is finished.</summary>
    [Fact]
    public async Task A_node_that_has_lost_the_instance_does_not_finish_it()
    {
        string? state = null;
        var zombie = place.Node(
            options => options.Probe = point =>
            {
                if (point is { Moment: RunMoment.BeforeFinish })
                {
                    place.TakeAwayAsync("taken").GetAwaiter().GetResult();
                }
                else if (point is { Moment: RunMoment.AfterCommit, Work.Method: "Ship" })
                {
                    state = place.StateAsync("taken").GetAwaiter().GetResult();
                }
            },
            definitions: OrderSaga.Define());
        await zombie.Order.StartAsync("taken", new Cart("Lamp"), SagaPlace.Token);
        await zombie.Engine.IdleAsync();

        Assert.Equal("running", state);
        Assert.Equal("running", await place.StateAsync("taken"));
        await place.ExpireAsync("taken");
        await place.Node(definitions: OrderSaga.Define()).SweepAsync();
        Assert.Equal("completed", await place.StateAsync("taken"));
        Assert.Equal(All, await place.EffectsAsync("taken"));
    }
}
