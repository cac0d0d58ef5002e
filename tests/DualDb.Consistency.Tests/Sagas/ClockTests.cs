using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Nodes whose clocks are wrong, or are set while they work. Time goes on for them as for all.</summary>
public class ClockTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly RetryPolicy Fast = new(3, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_clock_that_is_set_in_the_middle_changes_nothing(int minutes)
    {
        var id = $"set-{minutes}";
        var clock = new SteppingClock { Offset = TimeSpan.FromMinutes(-minutes) };
        var node = place.Node(root: place.Open(time: clock), definitions: OrderSaga.Define(deadline: TimeSpan.FromMinutes(2), retry: Fast));
        var right = place.Node(definitions: OrderSaga.Define());
        var calls = 0;
        OrderSaga.Inside[id] = async (what, _, _) =>
        {
            if (what == "Record")
            {
                clock.Offset = TimeSpan.FromMinutes(minutes);
                await new SagaRunner(right.Engine).LookAsync(SagaPlace.Token); // finds nothing to take
                if (Interlocked.Increment(ref calls) < 3)
                {
                    throw new InvalidOperationException("not yet");
                }
            }
        };

        await node.Order.RunAsync(id, new Cart("Lamp"), SagaPlace.Token);

        var details = await node.Operations.FindAsync("order", id, SagaPlace.Token);
        Assert.Equal((5, 3, 0), ((await place.EffectsAsync(id)).Length, calls, details!.Summary.Takeovers));
        Assert.All(details.Timeline, entry => Assert.InRange(entry.StartedAt, details.Summary.CreatedAt - TimeSpan.FromSeconds(5), details.Summary.FinishedAt!.Value + TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_wrong_clock_takes_no_instance_early_and_none_late(int minutes)
    {
        var id = $"wrong-{minutes}";
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        OrderSaga.Inside[id] = (what, _, _) =>
        {
            inside.TrySetResult();
            return what == "Place" ? goOn.Task : Task.CompletedTask;
        };
        var right = place.Node(definitions: OrderSaga.Define());
        var wrong = place.Node(root: place.Open(time: new SteppingClock { Offset = TimeSpan.FromMinutes(minutes) }), definitions: OrderSaga.Define());
        await right.Order.StartAsync(id, new Cart("Lamp"), SagaPlace.Token);
        await inside.Task.WaitAsync(SagaPlace.Token);

        await wrong.SweepAsync();
        Assert.Equal(1, await place.Root.Neon.ExecuteScalarAsync<long>($"select lease_token from dualdb.sagas where id = {id}", SagaPlace.Token));

        goOn.SetResult();
        Assert.Equal(new Placed($"N-{id}"), await wrong.Order.WaitAsync(id, SagaPlace.Token));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_wait_ends_by_the_database_whatever_the_node_believes(int minutes)
    {
        var id = $"waits-{minutes}";
        var clock = new SteppingClock { Offset = TimeSpan.FromMinutes(minutes) };
        var node = place.Node(root: place.Open(time: clock), definitions: PaymentSaga.Define(timeout: TimeSpan.FromMinutes(4), delay: TimeSpan.FromMilliseconds(50)));
        var call = node.Order.RunAsync(id, new Cart("Lamp"), SagaPlace.Token);
        await place.ComesToAsync(id, "waiting");

        clock.Offset = TimeSpan.FromMinutes(-minutes);
        await node.BringAsync(new PaymentReceived(id, 1), id, Guid.NewGuid(), SagaPlace.Token);
        await node.BringAsync(new PaymentReceived(id, 2), id, Guid.NewGuid(), SagaPlace.Token);

        Assert.Equal(new Placed("1 + 2"), await call);
    }

    /// <summary>What the time is can be set; how much time passes cannot.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
