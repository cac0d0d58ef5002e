using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Pivots that take effect at the side of what fails, or without anybody knowing.</summary>
public class PivotTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];
    private static readonly RetryPolicy Fast = new(3, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    [Fact]
    public async Task There_is_no_way_back_where_the_pivot_was_passed_before_its_neighbour_failed()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast, parallel: true, pivot: 1));
        var calls = 0;
        OrderSaga.Inside["before"] = async (what, context, _) =>
        {
            if (what == "Record")
            {
                await IsDoneAsync(context.Id, "Hold");
                if (Interlocked.Increment(ref calls) <= 5)
                {
                    throw new SagaAbortException("not yet");
                }
            }
        };

        await node.Order.RunAsync("before", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(All, await place.EffectsAsync("before"));
    }

    [Fact]
    public async Task There_is_no_way_back_where_the_pivot_was_passed_after_its_neighbour_failed()
    {
        var node = place.Node(definitions: OrderSaga.Define(retry: Fast, parallel: true, pivot: 1));
        var failed = new TaskCompletionSource();
        OrderSaga.Inside["after"] = async (what, _, _) =>
        {
            if (what == "Hold")
            {
                await failed.Task;
                await RecordIsGivenUpAsync();
            }

            if (what == "Record" && failed.TrySetResult())
            {
                throw new SagaAbortException("not yet");
            }
        };

        await node.Order.RunAsync("after", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(All, await place.EffectsAsync("after"));

        // Its transaction has ended: nobody but Hold has one open.
        Task RecordIsGivenUpAsync() => Eventually.HoldsAsync(
            async () => await place.Root.Supabase.ExecuteScalarAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'", SagaPlace.Token) == 0,
            "the other step has ended");
    }

    /// <summary>The reply of its commit is lost, and the deadline passes: it was passed all the same.</summary>
    [Fact]
    public async Task There_is_no_way_back_behind_a_pivot_that_nobody_knew_to_be_passed()
    {
        var lost = 0;
        var node = place.Node(
            options => options.Probe = point =>
            {
                if (point is { Moment: RunMoment.AfterCommit, Work: { Method: "Record", IsCompensation: false } } && Interlocked.Exchange(ref lost, 1) == 0)
                {
                    throw new CommitOutcomeUnknownException("The reply was lost.");
                }
            },
            definitions: OrderSaga.Define(deadline: TimeSpan.FromSeconds(2), pivot: 2));
        OrderSaga.Inside["unknown"] = (what, context, _) => what != "Record" ? Task.CompletedTask : Eventually.HoldsAsync(
            () => place.Root.Neon.ExecuteScalarAsync<bool>($"select deadline + interval '100 ms' < clock_timestamp() from dualdb.sagas where id = {context.Id}", SagaPlace.Token),
            "the deadline is over");

        await node.Order.RunAsync("unknown", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(1, lost);
        Assert.Equal(All, await place.EffectsAsync("unknown"));
        Assert.Null((await node.Operations.FindAsync("order", "unknown", SagaPlace.Token))!.Summary.Error);
    }

    private Task IsDoneAsync(string id, string step) => Eventually.HoldsAsync(
        async () => await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from dualdb.saga_results where id = {id} and step = {step}", SagaPlace.Token) == 1, $"{step} is done");
}
