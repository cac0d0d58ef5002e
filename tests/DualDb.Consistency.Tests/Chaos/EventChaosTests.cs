using System.Globalization;
using DualDb.Consistency.Worker;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>
/// Three nodes under load are killed and frozen, both servers crash, and all lines are cut and held up, for a minute or as long as is asked for. No event of a committed transaction is lost, none of another exists, every
/// effect is there exactly once, and in the order of its key.
/// </summary>
[Collection(nameof(ChaosCollection))]
public sealed class EventChaosTests
{
    private const int Workers = 3;
    private const int Writers = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Buyers =
    [
        .. Enumerable.Range(0, 35).Select(static number => string.Create(CultureInfo.InvariantCulture, $"buyer {number}")),
        .. Enumerable.Range(0, 15).Select(static number => string.Create(CultureInfo.InvariantCulture, $"{PurchaseLoad.Market}buyer {number}")),
    ];

    [Fact]
    public async Task Nothing_is_lost_nothing_happens_twice_and_the_order_of_each_key_is_kept()
    {
        await using var place = await ChaosPlace.CreateAsync();
        using var workers = new ChaosWorkers(place, Workers);
        using var ledger = new Ledger();
        await using var rig = await workers.StartAsync(ChaosLength.Seed);
        try
        {
            await DisturbAsync(place, rig, ledger);
            var record = new EventRecord(place.Direct);
            var (open, took) = await EventChecks.DrainAsync(record);
            ledger.Add(workers.ReadLedgers());
            var figures = await EventChecks.CheckAsync(record, ledger);
            Assert.All(rig.Workers, static worker => Assert.Equal(0, worker.OwnEnds));
            Tell(rig, string.Create(CultureInfo.InvariantCulture, $"{figures}. {open} open at the end, handled in {took.TotalSeconds:0} s"));
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception}\n{rig.Report()}");
        }
    }

    /// <summary>Load from here, which is never killed, and from the workers, which are; until the time is over and nobody writes any more.</summary>
    private static async Task DisturbAsync(ChaosPlace place, KillRig rig, Ledger ledger)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = new PurchaseLoad(place.OverLines, ledger, Buyers, rig.Seed).RunAsync(Writers, Pause, stopping.Token);
        await rig.RunAsync(ChaosLength.Duration, TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await load;
        await Task.WhenAll(rig.Workers.Select(static worker => worker.AskAsync("stop", "stopped", TestContext.Current.CancellationToken)));
    }

    private static void Tell(KillRig rig, string figures)
    {
        var done = Enum.GetValues<KillAction>().Select(action => string.Create(CultureInfo.InvariantCulture, $"{action} {rig.Count(action)}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {rig.Seed}, {ChaosLength.Duration.TotalSeconds} s: {string.Join(", ", done)}. {figures}");
    }
}
