using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

public class RunningTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];

    [Fact]
    public async Task Runs_all_steps_once_and_returns_the_first_result()
    {
        var node = place.Node(definitions: OrderSaga.Define());

        var placed = await node.Order.RunAsync("ok", new Cart("Lamp"), SagaPlace.Token);

        Assert.Equal(new Placed("N-ok"), placed);
        Assert.Equal(All, await place.EffectsAsync("ok"));
        Assert.Equal("completed", await place.StateAsync("ok"));
    }

    [Theory]
    [InlineData("Place")]
    [InlineData("Hold")]
    [InlineData("Record")]
    [InlineData("Charge")]
    [InlineData("Ship")]
    public async Task Undoes_everything_where_a_step_fails(string step)
    {
        var node = place.Node(definitions: OrderSaga.Define());

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync($"fails-{step}", new Cart("Lamp", step), SagaPlace.Token));

        Assert.Equal((step, "order", $"fails-{step}"), (exception.Step, exception.Saga, exception.Id));
        Assert.IsType<SagaAbortException>(exception.InnerException);
        Assert.Empty(await place.EffectsAsync($"fails-{step}"));
        Assert.Equal("compensated", await place.StateAsync($"fails-{step}"));
    }

    [Fact]
    public async Task Joins_where_the_id_is_known_and_refuses_another_input()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        var other = place.Node(definitions: OrderSaga.Define());
        await node.Order.RunAsync("same", new Cart("Lamp"), SagaPlace.Token);

        var placed = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => (index % 2 == 0 ? node : other).Order.RunAsync("same", new Cart("Lamp"), SagaPlace.Token)));
        var exception = await Assert.ThrowsAsync<SagaInputMismatchException>(() => other.Order.StartAsync("same", new Cart("Chair"), SagaPlace.Token));

        Assert.All(placed, static one => Assert.Equal(new Placed("N-same"), one));
        Assert.NotEqual(exception.StoredInputHash, exception.GivenInputHash);
        Assert.Contains(exception.StoredInputHash, exception.Message, StringComparison.Ordinal);
        Assert.Contains(exception.GivenInputHash, exception.Message, StringComparison.Ordinal);
        Assert.Equal(All, await place.EffectsAsync("same"));
    }
}
