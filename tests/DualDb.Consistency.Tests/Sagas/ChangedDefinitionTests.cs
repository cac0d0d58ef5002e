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

    /// <summary>What was done lies in a database in which the saga does nothing any more.</summary>
    [Theory]
    [InlineData(false, "the step Record, which is done, is gone")]
    [InlineData(true, "the step Record, which is done, was '2 Supabase:nothing' and is '2 Neon:nothing'")]
    public async Task Finds_what_was_done_in_a_database_that_the_saga_has_left(bool isMoved, string message)
    {
        var id = $"left-{isMoved}";
        await BeginAsync(id, Step("Place", 1), Step("Record", 2, Database.Supabase), Step("Hold", 3));
        Assert.Equal(["Place", "Record"], await place.EffectsAsync(id));
        var node = place.Node(definitions: isMoved ? Define(Step("Place", 1), Step("Record", 2), Step("Hold", 3)) : Define(Step("Place", 1), Step("Hold", 3)));

        await place.ExpireAsync(id);
        await node.SweepAsync();
        var exception = await Assert.ThrowsAsync<SagaParkedException>(() => node.Order.WaitAsync(id, SagaPlace.Token));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["Place", "Record"], await place.EffectsAsync(id));
    }

    [Fact]
    public async Task Parks_where_the_input_can_no_longer_be_read()
    {
        await BeginAsync("input");
        var codec = new SagaCodec<Cart>(Codecs.Cart.Signature, static (_, _) => { }, static (ref System.Text.Json.Utf8JsonReader _) => throw new System.Text.Json.JsonException("Size is missing."));
        var node = place.Node(definitions: new SagaDefinition<ChangedDefinitionTests, Cart>(
            "order", codec, static (_, _) => null!, deadline: null, resultStep: null, Step("Place", 1), Step("Hold", 2)));

        await place.ExpireAsync("input");
        await node.SweepAsync();

        Assert.Equal("parked", await place.StateAsync("input"));
        var exception = await Assert.ThrowsAsync<SagaParkedException>(() => node.Order.WaitAsync("input", SagaPlace.Token));
        Assert.Contains("Size is missing.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_keeps_the_deadline_that_its_saga_no_longer_has()
    {
        await BeginAsync("deadline");
        await place.Root.Neon.ExecuteAsync($"update dualdb.sagas set deadline = clock_timestamp() where id = 'deadline'", SagaPlace.Token);
        var node = place.Node(definitions: Define(Step("Place", 1), Step("Hold", 2)));

        await place.ExpireAsync("deadline");
        await node.SweepAsync();

        Assert.Equal("compensated", await place.StateAsync("deadline"));
    }

    /// <summary>In the middle of a deployment, nodes of both versions run: the old one must not stop what the new one has begun.</summary>
    [Fact]
    public async Task A_node_of_an_older_definition_leaves_to_others_what_it_does_not_understand()
    {
        var old = place.Node(definitions: Define(Step("Start", 1), Step("Finish", 2)));
        await old.StartPlainAsync("warm");
        await old.Engine.IdleAsync();
        await BeginAsync("newer", Step("Place", 1), Step("Hold", 2));

        await place.ExpireAsync("newer");
        await old.SweepAsync();
        await old.SweepAsync();
        Assert.Equal("running", await place.StateAsync("newer"));
        var outlook = await new Consistency.Sagas.Recovery.SagaRunner(old.Engine).LookAsync(SagaPlace.Token);
        Assert.True(outlook > TimeSpan.FromSeconds(1), $"It looks again after {outlook}, though there is nothing for it.");

        var newer = place.Node(definitions: Define(Step("Place", 1), Step("Hold", 2)));
        await newer.SweepAsync();
        Assert.Equal("completed", await place.StateAsync("newer"));
    }

    [Fact]
    public async Task A_node_of_an_older_definition_parks_what_nobody_else_has_taken()
    {
        var old = place.Node(definitions: Define(Step("Start", 1), Step("Finish", 2)));
        await old.StartPlainAsync("warm-too");
        await old.Engine.IdleAsync();
        await BeginAsync("orphan", Step("Place", 1), Step("Hold", 2));
        await place.ExpireAsync("orphan");
        await old.SweepAsync();
        Assert.Equal("running", await place.StateAsync("orphan"));

        await place.Root.Neon.ExecuteAsync($"update dualdb.sagas set left_until = clock_timestamp() where id = 'orphan'", SagaPlace.Token);
        await old.SweepAsync();

        Assert.Equal("parked", await place.StateAsync("orphan"));
        Assert.Contains("the step Place, which is done, is gone", (await old.Operations.FindAsync("order", "orphan", SagaPlace.Token))!.Summary.Error, StringComparison.Ordinal);
    }

    /// <summary>Begins an instance that has done its first step and lost its node.</summary>
    private async Task BeginAsync(string id)
    {
        await BeginAsync(id, Step("Place", 1), Step("Hold", 2));
        Assert.Equal(["Place"], await place.EffectsAsync(id));
    }

    private async Task BeginAsync(string id, params SagaStep[] steps)
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
            Define(steps));
        await node.StartPlainAsync(id);
        await node.Engine.IdleAsync();
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
