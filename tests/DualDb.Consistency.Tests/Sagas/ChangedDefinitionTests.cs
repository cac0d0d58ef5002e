using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Instances in flight whose saga is changed by a deployment.</summary>
public class ChangedDefinitionTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Fact]
    public async Task Goes_on_where_only_what_is_not_done_has_changed()
    {
        await BeginAsync("fits");
        var node = place.Node(definitions: Define(Step("Place", 1), Step("Wrap", 3), Step("Ship", 5)));

        await place.ExpireAsync("fits");
        await node.SweepAsync();

        Assert.Equal("completed", await place.StateAsync("fits"));
        Assert.Equal(["Place", "Ship", "Wrap"], await place.EffectsAsync("fits"));
    }

    [Theory]
    [InlineData("gone", "the step Place, which is done, is gone")]
    [InlineData("front", "the step Check was put in front of what is done")]
    [InlineData("moved", "the step Place, which is done, was '1 Neon:nothing' and is '1 Supabase:nothing'")]
    [InlineData("later", "the step Place, which is done, was '1 Neon:nothing' and is '2 Neon:nothing'")]
    public async Task Parks_and_says_what_has_changed(string change, string message)
    {
        await BeginAsync(change);
        var node = place.Node(definitions: change switch
        {
            "gone" => Define(Step("Order", 1), Step("Hold", 2)),
            "front" => Define(Step("Check", 0), Step("Place", 1), Step("Hold", 2)),
            "moved" => Define(Step("Place", 1, Database.Supabase), Step("Hold", 2)),
            _ => Define(Step("Place", 2), Step("Hold", 3)),
        });

        await place.ExpireAsync(change);
        await node.SweepAsync();
        var exception = await Assert.ThrowsAsync<SagaParkedException>(() => node.Order.WaitAsync(change, SagaPlace.Token));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["Place"], await place.EffectsAsync(change));

        // The version that fits comes back, and an operator says so.
        var old = place.Node(definitions: Define(Step("Place", 1), Step("Hold", 2)));
        await old.Operations.ResumeAsync("order", change, "ada", "rolled back", SagaPlace.Token);
        await old.SweepAsync();
        Assert.Equal("completed", await place.StateAsync(change));
    }

    /// <summary>Begins an instance that has done its first step and lost its node.</summary>
    private async Task BeginAsync(string id)
    {
        var node = place.Node(
            options => options.Probe = static point =>
            {
                if (point is { Moment: RunMoment.BeforeAttempt, Work.Method: "Hold" })
                {
                    throw new InstanceLostException();
                }
            },
            place.Root,
            Define(Step("Place", 1), Step("Hold", 2)));
        await node.StartPlainAsync(id);
        await node.Engine.IdleAsync();
        Assert.Equal(["Place"], await place.EffectsAsync(id));
    }

    private static SagaDefinition Define(params SagaStep[] steps)
        => new SagaDefinition<ChangedDefinitionTests, Cart>("order", Codecs.Cart, static (_, _) => null!, deadline: null, resultStep: null, steps);

    private static SagaStep Step(string name, int number, Database database = Database.Neon)
        => SagaStep.Of<ChangedDefinitionTests>(
            name,
            number,
            database,
            (_, _, call) => (database == Database.Neon ? (DatabaseTransaction)call.Neon : call.Supabase).ExecuteAsync($"insert into ledger (id, what) values ({call.Context.Id}, {name})", call.CancellationToken));
}
