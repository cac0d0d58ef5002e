using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>A node that stands still, is taken for dead, and wakes up. Its own clock stands still with it, so that it cannot know.</summary>
public class ZombieTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    private static readonly string[] All = ["Charge", "Hold", "Place", "Record", "Ship"];

    [Theory]
    [InlineData(RunMoment.BeforeAttempt, "Place")]
    [InlineData(RunMoment.BeforeAttempt, "Record")]
    [InlineData(RunMoment.BeforeAttempt, "Charge")]
    [InlineData(RunMoment.BeforeCommit, "Hold")]
    [InlineData(RunMoment.BeforeCommit, "Charge")]
    [InlineData(RunMoment.BeforeCommit, "Ship")]
    [InlineData(RunMoment.AfterCommit, "Record")]
    [InlineData(RunMoment.BeforeFinish, null)]
    public async Task A_node_that_wakes_beyond_its_lease_commits_nothing(object moment, string? step)
    {
        var id = $"{moment}-{step}";
        var (frozen, zombie) = await FreezeAsync(id, (RunMoment)moment, step);
        var other = place.Node(definitions: Define());

        await place.ExpireAsync(id);
        await other.SweepAsync();
        await Eventually.HoldsAsync(async () =>
        {
            await place.ExpireAsync(id);
            await other.SweepAsync();
            return await place.StateAsync(id) == "completed";
        }, "the other node finishes");
        var effects = await place.EffectsAsync(id);
        frozen.Set();
        await zombie.Engine.IdleAsync();

        Assert.Equal(All, effects);
        Assert.Equal(All, await place.EffectsAsync(id));
        Assert.Equal("completed", await place.StateAsync(id));
    }

    [Theory]
    [InlineData(RunMoment.BeforeAttempt, "Hold")]
    [InlineData(RunMoment.BeforeCommit, "Hold")]
    [InlineData(RunMoment.BeforeAttempt, "Record")]
    [InlineData(RunMoment.BeforeCommit, "Record")]
    public async Task A_step_cannot_commit_behind_its_compensation(object moment, string step)
    {
        var id = $"back-{moment}-{step}";
        var (frozen, zombie) = await FreezeAsync(id, (RunMoment)moment, step);
        var other = place.Node(definitions: Define());

        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await other.Operations.CompensateAsync("order", id, "tester", "to see it undone", SagaPlace.Token);
                return true;
            }
            catch (DatabaseErrorException exception) when (exception.SqlState == "55P03")
            {
                return false; // The frozen transaction holds the fence until the server ends it.
            }
        }, "the instance is turned around");
        await Eventually.HoldsAsync(async () =>
        {
            await other.SweepAsync();
            return await place.StateAsync(id) == "compensated";
        }, "the other node undoes it");
        frozen.Set();
        await zombie.Engine.IdleAsync();

        Assert.Empty(await place.EffectsAsync(id));
        Assert.Equal("compensated", await place.StateAsync(id));
    }

    /// <summary>The other node tries the step too, fails for good and undoes the rest: what the first one does when it wakes comes too late.</summary>
    [Theory]
    [InlineData(RunMoment.BeforeAttempt, "Record")]
    [InlineData(RunMoment.BeforeCommit, "Record")]
    [InlineData(RunMoment.BeforeAttempt, "Hold")]
    [InlineData(RunMoment.BeforeCommit, "Charge")]
    public async Task A_step_cannot_commit_behind_the_other_nodes_failure(object moment, string step)
    {
        var id = $"failed-{moment}-{step}";
        var (frozen, zombie) = await FreezeAsync(id, (RunMoment)moment, step);
        OrderSaga.Inside[id] = (what, _, _) => what == step ? throw new SagaAbortException("not any more") : Task.CompletedTask;
        var other = place.Node(definitions: Define());

        await Eventually.HoldsAsync(async () =>
        {
            await place.ExpireAsync(id);
            await other.SweepAsync();
            return await place.StateAsync(id) == "compensated";
        }, "the other node undoes it");
        OrderSaga.Inside.TryRemove(id, out _);
        frozen.Set();
        await zombie.Engine.IdleAsync();

        Assert.Equal("compensated", await place.StateAsync(id));
        Assert.Empty(await place.EffectsAsync(id));
    }

    /// <summary>Starts an instance on a node that stops at a place.</summary>
    private async Task<(ManualResetEventSlim Frozen, TestSagas Zombie)> FreezeAsync(string id, RunMoment moment, string? step)
    {
        var frozen = new ManualResetEventSlim();
        var reached = new TaskCompletionSource();
        var zombie = place.Node(
            options => options.Probe = point =>
            {
                if (point.Moment == moment && point.Work?.Method == step && !reached.Task.IsCompleted)
                {
                    reached.SetResult();
                    frozen.Wait();
                }
            },
            place.Open(time: new FakeTimeProvider()),
            Define());
        await zombie.Order.StartAsync(id, new Cart("Lamp"), SagaPlace.Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), SagaPlace.Token);
        return (frozen, zombie);
    }

    private static SagaDefinition Define() => OrderSaga.Define(timeout: TimeSpan.FromSeconds(1));
}
