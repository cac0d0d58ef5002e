using DualDb.Testing;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>
/// Three nodes that start sagas are killed and frozen, both servers crash, and all lines are cut and held up, for a minute or as long as is asked for. Every saga that has begun is finished, and each is made as a whole, once, or undone as a
/// whole.
/// </summary>
[Collection(nameof(ChaosCollection))]
public sealed class SagaChaosTests
{
    private const int Workers = 3;

    [Fact]
    public async Task Every_saga_that_has_begun_is_made_or_undone_as_a_whole()
    {
        await using var place = await ChaosPlace.CreateAsync();
        using var workers = new ChaosWorkers(place, Workers, load: "sagas");
        await using var rig = await workers.StartAsync(ChaosLength.Seed);
        try
        {
            await rig.RunAsync(ChaosLength.Duration, TestContext.Current.CancellationToken);
            await Task.WhenAll(rig.Workers.Select(static worker => worker.AskAsync("stop", "stopped", TestContext.Current.CancellationToken)));
            var record = new SagaRecord(place.Direct);
            await record.DrainAsync();
            var figures = await record.CheckAsync(workers.ReadLedgers());
            Assert.All(rig.Workers, static worker => Assert.Equal(0, worker.OwnEnds));
            TestContext.Current.TestOutputHelper?.WriteLine($"Seed {rig.Seed}, {ChaosLength.Duration.TotalSeconds} s: {string.Join(", ", Enum.GetValues<KillAction>().Select(action => $"{action} {rig.Count(action)}"))}. {figures}");
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception}\n{rig.Report()}");
        }
    }
}
