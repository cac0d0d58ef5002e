using DualDb.Consistency.Sagas.Running;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>A commit whose reply was lost, and which comes through while the step is tried again.</summary>
public class AmbiguousCommitTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];

    [Fact]
    public async Task What_the_next_attempt_meets_of_it_is_no_failure_of_the_step()
    {
        var lost = 0;
        var node = place.Node(
            options => options.Probe = point =>
            {
                if (point is { Moment: RunMoment.BeforeCommit, Work: { Method: "Record", IsCompensation: false } } && Interlocked.Exchange(ref lost, 1) == 0)
                {
                    throw new CommitOutcomeUnknownException("The reply was lost.");
                }
            },
            definitions: OrderSaga.Define());
        OrderSaga.Inside["late"] = async (what, context, ct) =>
        {
            if (what == "Record" && context.Attempt == 2)
            {
                await place.Root.Supabase.ExecuteAsync($"insert into dualdb.saga_results (saga, id, step, kind) values ('order', 'late', 'Record', 'step')", ct);
                await EnterAsync(ct);
                await EnterAsync(ct);
            }
        };

        await node.Order.RunAsync("late", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(1, lost);
        Assert.Equal(All, await place.EffectsAsync("late"));
        Assert.Equal("completed", await place.StateAsync("late"));

        Task EnterAsync(CancellationToken ct) => place.Root.Supabase.ExecuteAsync($"insert into ledger (id, what, key) values ('late', 'Record', 'its own')", ct);
    }
}
