using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>A later version of the library alters its tables while nodes of the present one have statements prepared.</summary>
public class StalePlanTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Fact]
    public async Task A_prepared_statement_that_no_longer_fits_its_table_is_no_failure_of_a_step()
    {
        var root = place.Open(static address => address + ";Max Auto Prepare=50;Auto Prepare Min Usages=2;Maximum Pool Size=1");
        var node = place.Node(root: root, definitions: OrderSaga.Define(retry: new RetryPolicy(2, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20))));
        foreach (var id in new[] { "first", "second", "third" })
        {
            await RunAsync(node, id);
        }

        await place.Root.Neon.ExecuteAsync($"alter table dualdb.saga_results alter column kind type text", SagaPlace.Token);

        await RunAsync(node, "altered");
        Assert.Equal("completed", await place.StateAsync("altered"));
    }

    /// <summary>The first step fails at first, so that its second attempt looks for what the first may have left.</summary>
    private static async Task RunAsync(TestSagas node, string id)
    {
        var attempts = 0;
        OrderSaga.Inside[id] = (what, _, _) => what == "Place" && Interlocked.Increment(ref attempts) == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await node.Order.RunAsync(id, new Cart("Lamp"), SagaPlace.Token);
    }
}
